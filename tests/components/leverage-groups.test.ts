import { expect, it } from 'vitest';

import { leverageGroups } from '@/components/leverage-groups';

import { SUMMARY } from './samples';

it('every class falls into exactly one group', () => {
  const groups = leverageGroups(SUMMARY.leverageMix);
  expect(groups.map(({ share }) => Number(share.toFixed(2)))).toEqual([0.38, 0.31, 0.14, 0.09, 0.05, 0.03]);
  expect(groups.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
});
