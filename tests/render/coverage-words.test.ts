import { expect, it } from 'vitest';

import { coverageWords } from '@/lib/render/coverage-words';

it.each([
  [4, 6, 0.8149, { short: '4 of 6, 81%', long: '4 of 6 venues, 81% of open interest' }],
  [5, 6, 0.9991, { short: '5 of 6, 99%', long: '5 of 6 venues, 99% of open interest' }],
  [4, 6, null, { short: '4 of 6 venues', long: '4 of 6 venues' }],
  [6, 6, 1, { short: '6 venues', long: '6 venues' }],
  [1, 1, 1, null],
])('%d of %d venues with a share of %s', (countedVenues, venues, openInterestShare, words) => {
  expect(coverageWords({ countedVenues, venues, openInterestShare })).toEqual(words);
});
