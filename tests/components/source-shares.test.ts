import fc from 'fast-check';
import { expect, it } from 'vitest';

import { sourceShares } from '@/components/source-shares';

import { SUMMARY } from './samples';

const [member] = SUMMARY.members;

it('what is drawn counts as inferred, but for what public accounts were seen to hold', () => {
  const members = [{ ...member, countedOpenInterestUsd: 100, longUsd: 80, shortUsd: 60 }];
  const shares = sourceShares({ ...SUMMARY, members, observedShare: 0.1, unlocatedShare: 0.05 });
  expect(Object.values(shares).map((share) => share.toFixed(3))).toEqual(['0.100', '0.600', '0.250', '0.050']);
});

it('without any open interest nothing is inferred', () => {
  const shares = sourceShares({ ...SUMMARY, members: [], observedShare: 0, unlocatedShare: 0 });
  expect(shares).toEqual({ observed: 0, inferred: 0, assumed: 1, notLocated: 0 });
});

it('the parts are never negative and together the whole', () => {
  const share = fc.double({ min: 0, max: 1.2, noNaN: true });
  fc.assert(
    fc.property(share, share, share, share, (long, short, observedShare, unlocatedShare) => {
      const members = [{ ...member, countedOpenInterestUsd: 1e9, longUsd: 1e9 * long, shortUsd: 1e9 * short }];
      const shares = Object.values(sourceShares({ ...SUMMARY, members, observedShare, unlocatedShare }));
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      expect(shares.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1);
    }),
  );
});
