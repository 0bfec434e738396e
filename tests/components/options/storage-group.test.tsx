// @vitest-environment happy-dom
import { render } from 'preact';
import { expect, it } from 'vitest';

import { StorageGroup } from '@/components/options/StorageGroup';
import { formatSpan } from '@/lib/core/format';
import { RETENTION } from '@/lib/store/log/prune';

it('tells of everything how long it is kept, of what was learned longest', () => {
  const place = document.createElement('div');
  render(<StorageGroup limits={{ keptContracts: 20, storedMegabytes: 500 }} source={null} />, place);
  const kept = Array.from(place.querySelectorAll('.storage-use tbody tr'), (row) => row.lastElementChild?.textContent);
  expect(kept).toContain(formatSpan(RETENTION.learningMs));
});
