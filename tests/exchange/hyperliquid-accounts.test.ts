import { expect, it } from 'vitest';

import { accountSchema, positionFrom } from '@/lib/venues/hyperliquid/account-wire';

import { createHyperliquidListings } from './hyperliquid-listings';
import { respondHyperliquid, weightOf } from './hyperliquid-rest';
import { createSourceBook } from './source-book';

const START_MS = 1_780_000_323_000;
const btc = createHyperliquidListings(createSourceBook({ startMs: START_MS, seed: 1, traderCount: 90 })).get('BTC')!;
// An answer tells of all coins, each of which is a market to be made.
const listings = new Map([['BTC', btc]]);

const request = (user: string) => JSON.stringify({ type: 'clearinghouseState', user });
const ask = (user: string, nowMs = START_MS) => respondHyperliquid(request(user), { listings, nowMs });

it('tells the true position of every account, as the product reads it', () => {
  const held = [...btc.accounts.held(START_MS).values()];
  expect(held.length).toBeGreaterThan(20);
  for (const { account, positionSide, qty, isCross, liquidationPrice } of held) {
    const position = positionFrom(accountSchema.parse(ask(account).body), 'BTC');
    expect(position).toMatchObject({ positionSide, qty, isCross });
    if (liquidationPrice === null) expect(position?.liquidationPrice).toBeNull();
    else expect(position!.liquidationPrice! / liquidationPrice).toBeCloseTo(1, 9);
  }
  const longs = held.filter(({ positionSide }) => positionSide === 'long').reduce((sum, { qty }) => sum + qty, 0);
  expect(longs / btc.source().openInterest(START_MS)).toBeGreaterThan(0.5);
  expect(longs / btc.source().openInterest(START_MS)).toBeLessThan(1.001);
});

it('names traders that may be asked for', () => {
  const slot = Math.floor(START_MS / 200);
  const users = Array.from({ length: 40 }, (_, nth) => btc.accounts.tradersOf(slot - nth)).flat();
  expect(new Set(users).size).toBeGreaterThan(10);
  for (const user of users) expect(ask(user).status).toBe(200);
});

it('costs a weight of 2, and refuses what is no address', () => {
  expect(weightOf(request('0x1'))).toBe(2);
  expect(ask('0x1').status).toBe(422);
  expect(accountSchema.parse(ask(`0x${'f'.repeat(40)}`).body).assetPositions).toEqual([]);
});
