import { afterAll, beforeAll, expect, it } from 'vitest';

import type { ObservedLayer } from '@/lib/market/observed';
import type { HyperliquidListing } from '@/tests/exchange/hyperliquid-listings';

import { until, waitForBand } from './chart';
import { readMarket } from './extension';
import { startStage, type Stage } from './stage';

const BTC = 'hyperliquid:BTC';
/** A quarter of a minute of asking. */
const ENOUGH = 20;

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ venues: ['hyperliquid'], exchange: { traderCount: 150 } });
  await waitForBand(await stage.openChart('tradingview'), 'ready');
});
afterAll(() => stage?.close());

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** What the exchange has told of each account that it was asked for last. */
function toldPositions() {
  const venue = stage.exchange.venue('hyperliquid');
  const { accounts } = venue.listings.get('BTC') as HyperliquidListing;
  const told = new Map<string, ReturnType<typeof accounts.held> extends ReadonlyMap<string, infer T> ? T : never>();
  for (const { body, venueTimeMs, status } of venue.requests) {
    if (status !== 200 || !body.includes('clearinghouseState')) continue;
    const { user } = JSON.parse(body) as { readonly user: string };
    const position = accounts.held(venueTimeMs).get(user);
    if (position === undefined) told.delete(user);
    else told.set(user, position);
  }
  return [...told.values()];
}

it('knows what the accounts of the exchange hold, to the dollar', async () => {
  const { layer, positions, markPrice } = await until(
    async () => {
      const { observed, markPrice } = await readMarket(stage.browser, BTC);
      const [layer] = observed as readonly (ObservedLayer | undefined)[];
      const positions = toldPositions();
      // An answer may be on its way.
      if (layer === undefined || layer.accounts < ENOUGH || layer.accounts !== positions.length) return null;
      return { layer, positions, markPrice };
    },
    'enough accounts',
    90_000,
  );
  const usdOf = (side: 'long' | 'short') =>
    sum(
      positions.map(({ positionSide, qty, liquidationPrice: price }) => {
        const isAlive = price !== null && (side === 'long' ? price < markPrice : price > markPrice);
        const isNear = price !== null && price > 0.6 * markPrice && price < 1.6 * markPrice;
        return positionSide === side && isAlive && isNear ? qty * price : 0;
      }),
    );
  expect(usdOf('long')).toBeGreaterThan(0);
  expect(Math.abs(sum(layer.levels.long) - usdOf('long'))).toBeLessThan(1);
  expect(Math.abs(sum(layer.levels.short) - usdOf('short'))).toBeLessThan(1);
  const qtyOf = (side: 'long' | 'short') =>
    sum(positions.filter(({ positionSide }) => positionSide === side).map(({ qty }) => qty));
  expect(layer.longShare).toBeGreaterThan(0.05);
  expect(layer.longShare / layer.shortShare).toBeCloseTo(qtyOf('long') / qtyOf('short'), 6);
});

it('shows it beside the map, in the score and in the provenance, and never an address', async () => {
  const page = await stage.browser.openExtensionPage('dashboard.html');
  const chip = page.getByRole('button', { name: 'Known levels' });
  await chip.waitFor();
  expect(await chip.getAttribute('title')).toMatch(
    /^Hyperliquid: \d+ accounts hold [\d.]+% of the open interest in BTC, [\d.]+% of it cross, seen \S.* ago$/,
  );
  await page.click('.rail [href="#score"]');
  await page.waitForSelector('.known');
  expect(await page.innerText('.known')).toMatch(/Accounts with open positions\s+\d\d/);
  expect(await page.content()).not.toMatch(/0x[0-9a-f]{40}/);
  await page.close();
});
