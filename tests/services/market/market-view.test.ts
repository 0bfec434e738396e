import { expect, it } from 'vitest';

import type { CountedMember } from '@/lib/services/market/market-members';
import { liquidatedOf } from '@/lib/services/market/market-view';

/** As much of a member as its liquidations need. */
const member = (openInterestUsd: number, recordedShare: number): CountedMember =>
  ({
    session: { liquidated: () => [{ windowMs: 3_600_000, longUsd: 10, shortUsd: 5, recordedShare }] },
    profile: { openInterestUsd },
  }) as unknown as CountedMember;

const shareOf = (...members: CountedMember[]) => liquidatedOf(members)[0].recordedShare;

it('adds up what was liquidated, and weighs what was recorded by open interest', () => {
  expect(liquidatedOf([member(300, 1), member(100, 0)])).toEqual([
    { windowMs: 3_600_000, longUsd: 20, shortUsd: 10, recordedShare: 0.75 },
  ]);
});

it('weighs all the same where no open interest is known', () => {
  expect(shareOf(member(0, 1), member(0, 0))).toBe(0.5);
});
