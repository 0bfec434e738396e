import fc from 'fast-check';
import { expect, it } from 'vitest';

import { causeWords } from '@/components/cause-words';
import { cause, readCause } from '@/lib/core/cause';

it('is read as it was written, whatever a venue says', () => {
  const said = fc.string().map((text) => text.replaceAll('|', ' '));
  fc.assert(
    fc.property(said, said, (venue, reason) => {
      const text = cause('refused', { venue, reason });
      expect(readCause(text)).toEqual({ code: 'refused', params: { venue, reason } });
    }),
  );
});

it('a separator in what a venue says adds no parameter', () => {
  expect(readCause(cause('error', { venue: 'Gate', error: 'a|venue=OKX' })).params).toEqual({
    venue: 'Gate',
    error: 'a venue=OKX',
  });
});

it('is put into words by pages, and shown as it is where it has none', () => {
  expect(causeWords('wait|venue=Gate|seconds=30')).toBe('Gate asked to wait 30 s before the next request.');
  expect(causeWords('Gate said no')).toBe('Gate said no');
  expect(causeWords('')).toBe('');
});
