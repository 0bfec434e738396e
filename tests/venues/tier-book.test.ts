import { beforeEach, describe, expect, it } from 'vitest';

import { err, ok, type Result } from '@/lib/core/result';
import { HOUR_MS } from '@/lib/core/time';
import type { RiskTiers } from '@/lib/market/risk-tier';
import { createTiersByContract, createTiersOfAll, TIERS_FRESH_MS, type TierBook } from '@/lib/venues/tier-book';
import type { VenueError } from '@/lib/venues/venue';

const FAILURE: Result<never, VenueError> = err({ kind: 'http', message: '', detail: '', retryAtMs: null });

let nowMs: number;
let asked: number;
let answer: Result<RiskTiers, VenueError>;
const tiersOf = (maxLeverage: number): RiskTiers => ({
  tiers: [{ notionalFloor: 0, notionalCap: Infinity, maintenanceMarginRate: 0.005, maintenanceAmount: 0, maxLeverage }],
  source: 'venue',
  asOfMs: nowMs,
});
const bundled = (): RiskTiers => ({ ...tiersOf(1), source: 'bundled', asOfMs: 0 });
const ask = () => {
  asked += 1;
  return Promise.resolve(answer);
};
const clock = () => nowMs;

beforeEach(() => {
  nowMs = 1_780_000_000_000;
  asked = 0;
  answer = ok(tiersOf(100));
});

describe.each<[string, () => TierBook]>([
  ['contract by contract', () => createTiersByContract(ask, bundled, clock)],
  [
    'of all at once',
    () =>
      createTiersOfAll(
        async () => {
          const told = await ask();
          return told.ok ? ok(new Map([['BTCUSDT', told.value]])) : told;
        },
        bundled,
        clock,
      ),
  ],
])('brackets that a venue tells %s', (_, createBook) => {
  const leverageIn = async (book: TierBook) => (await book.read('BTCUSDT')).tiers[0].maxLeverage;

  it('are asked for once in half a day, and stay what they were where no other come', async () => {
    const book = createBook();
    expect(await leverageIn(book)).toBe(100);
    nowMs += TIERS_FRESH_MS - 1;
    answer = ok(tiersOf(50));
    expect(await leverageIn(book)).toBe(100);
    expect(asked).toBe(1);
    nowMs += 1;
    expect(await leverageIn(book)).toBe(50);
    nowMs += TIERS_FRESH_MS;
    answer = FAILURE;
    expect(await leverageIn(book)).toBe(50);
    nowMs += HOUR_MS;
    answer = ok(tiersOf(20));
    expect(await leverageIn(book)).toBe(20);
    expect(asked).toBe(4);
  });

  it('that were pushed need no request for as long, and give way to newer ones', async () => {
    const book = createBook();
    book.push('BTCUSDT', tiersOf(75));
    expect(await leverageIn(book)).toBe(75);
    expect(asked).toBe(0);
    nowMs += TIERS_FRESH_MS;
    answer = FAILURE;
    expect(await leverageIn(book)).toBe(75);
    nowMs += HOUR_MS;
    answer = ok(tiersOf(50));
    expect(await leverageIn(book)).toBe(50);
  });
});
