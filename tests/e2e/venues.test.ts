import { readFileSync } from 'node:fs';

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { VenueId } from '@/lib/market/contract';
import { VENUE_FACTS, venueName } from '@/lib/market/venue-facts';

import { until, waitForBand } from './chart';
import { readMarket } from './extension';
import { hurriedNow, hurryBackground } from './hurry';
import { openPopup, venueRows, type VenueRow } from './popup';
import { startStage, type Stage } from './stage';

/** Venues' limits, silences and pauses before the next try pass that much faster. */
const SPEED = 5;
/** Some venues give a month in hundreds of small pages, at a rate that they set. */
const FILL_PATIENCE_MS = 500_000;
const NAMES = (Object.keys(VENUE_FACTS) as VenueId[]).map(venueName);

let stage: Stage;
let chart: Page;
let popup: Page;

const seen = (what: string, isSo: (rows: Readonly<Record<string, VenueRow>>) => boolean, patienceMs = 180_000) =>
  until(
    async () => {
      const rows = await venueRows(popup);
      return isSo(rows) ? rows : null;
    },
    `${what} in the popup`,
    patienceMs,
  ).catch(async (error: unknown) => {
    throw new Error(`${String(error)}; it says ${JSON.stringify(await venueRows(popup))}`, { cause: error });
  });

const areLive = (rows: Readonly<Record<string, VenueRow>>, names: readonly string[] = NAMES) =>
  names.every((name) => rows[name]?.state === 'live');
const without = (...missing: readonly string[]) => NAMES.filter((name) => !missing.includes(name));
const coverage = () => popup.innerText('[aria-label="Venues"] .quiet');

const startHurriedStage = async (venues?: readonly VenueId[]): Promise<Stage> => {
  const hurried = await startStage({
    exchange: { machineNow: hurriedNow(SPEED) },
    ...(venues === undefined ? {} : { venues }),
  });
  await hurryBackground(hurried.browser, SPEED);
  return hurried;
};

beforeAll(async () => {
  stage = await startHurriedStage();
  chart = await stage.openChart('tradingview');
  await waitForBand(chart, 'ready');
  popup = await openPopup(stage.browser);
  await seen('all venues', areLive, FILL_PATIENCE_MS);
});
afterEach(() => stage.exchange.clearFaults());
afterAll(() => stage?.close());

describe('a market of all venues', () => {
  it('is their sum to the cent', async () => {
    // Two maps may carry one time of the hurried venue: then the next reading tells.
    await until(async () => {
      const { members, longUsd, shortUsd } = await readMarket(stage.browser);
      expect(members.map(({ state }) => state)).toEqual(NAMES.map(() => 'live'));
      expect(members.every((member) => member.longUsd > 0 && member.shortUsd > 0)).toBe(true);
      const isSum = (total: number, side: 'longUsd' | 'shortUsd') =>
        Math.abs(members.reduce((sum, member) => sum + member[side], 0) - total) < 0.005;
      return isSum(longUsd, 'longUsd') && isSum(shortUsd, 'shortUsd') ? true : null;
    }, 'a market that is the sum of its venues');
  });

  it('asks for nothing whose purpose docs/privacy.md does not tell', () => {
    const named = readFileSync('docs/privacy.md', 'utf8');
    // A contract's own page is the list's path with its name.
    const bare = (path: string) => path.replace(/(?<=futures\/usdt\/contracts)\/\w+$/, '');
    const paths = new Set(stage.exchange.requests.map(({ path }) => bare(path)));
    expect(paths.size).toBeGreaterThan(30);
    expect([...paths].filter((path) => !named.includes(`\`${path}\``))).toEqual([]);
  });

  it('says that nothing is missing', async () => {
    expect(await coverage()).toBe(`${NAMES.length} venues`);
    const shares = Object.values(await venueRows(popup)).map(({ share }) => Number.parseFloat(share));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, -1);
  });
});

describe('a venue that fails', () => {
  it('is named as missing with its last open interest, leaves the others alone and recovers by itself', async () => {
    const bybit = stage.exchange.venue('bybit');
    const before = await venueRows(popup);
    bybit.setFault({ target: 'all', kind: 'refuse' });
    bybit.setFault({ target: 'stream', kind: 'drop' });
    await seen('Bybit down', (each) => each['Bybit']?.state === 'down');
    // It counts as long as its last data are fresh.
    const isLeftOut = async () => /^6 of 7 venues, \d+% of open interest$/.test(await coverage());
    await until(async () => (await isLeftOut()) || null, 'a sum without Bybit', FILL_PATIENCE_MS);
    const rows = await venueRows(popup);
    expect(areLive(rows, without('Bybit'))).toBe(true);
    expect(Number.parseFloat(rows['Bybit'].share)).toBeCloseTo(Number.parseFloat(before['Bybit'].share), -1);
    await waitForBand(chart, 'ready');
    stage.exchange.clearFaults();
    await seen('all venues again', areLive, FILL_PATIENCE_MS);
  });

  it('is stood in for where the chart is its own, and takes over again by itself', async () => {
    const binance = stage.exchange.venue('binance');
    binance.setFault({ target: 'all', kind: 'refuse' });
    binance.setFault({ target: 'stream', kind: 'drop' });
    const shown = await until(
      async () => {
        const reading = await waitForBand(chart, 'ready');
        return reading.proxy === 'Binance BTCUSDT' ? reading : null;
      },
      'another venue standing in',
      90_000,
    );
    expect(shown.contract).not.toBe('binance:BTCUSDT');
    await seen('the others live', (each) => areLive(each, without('Binance')));
    await until(
      async () => /Binance does not answer[^]+Since \d/.test(await popup.innerText('main')) || null,
      'the notice',
    );
    stage.exchange.clearFaults();
    await seen('all venues again', areLive, FILL_PATIENCE_MS);
    await until(
      async () => ((await waitForBand(chart, 'ready')).contract === 'binance:BTCUSDT' ? true : null),
      'the own contract',
      60_000,
    );
  });
});

describe('venues that refuse from the start', () => {
  it('are named with the reason, and join: a limit by itself, a block when switched on again', async () => {
    // A month of all seven takes its time.
    const shut = await startHurriedStage(['binance', 'bybit', 'gate']);
    try {
      shut.exchange.venue('gate').setFault({ target: 'rest', kind: 'status', status: 451 });
      shut.exchange.venue('bybit').setFault({ target: 'rest', kind: 'status', status: 429, retryAfterSeconds: 5 });
      await waitForBand(await shut.openChart('tradingview'), 'ready');
      popup = await openPopup(shut.browser);
      await seen('two missing', (each) => each['Gate']?.state === 'blocked' && each['Bybit']?.state === 'limited');
      expect(await coverage()).toMatch(/of 3 venues$/);
      shut.exchange.clearFaults();
      await seen('Bybit', (each) => each['Bybit']?.state === 'live', FILL_PATIENCE_MS);
      await popup.getByRole('switch', { name: 'Count Gate' }).click();
      await seen('Gate off', (each) => each['Gate']?.state === 'off');
      await popup.getByRole('switch', { name: 'Count Gate' }).click();
      await seen('Gate', (each) => each['Gate']?.state === 'live', FILL_PATIENCE_MS);
    } finally {
      await shut.close();
    }
  });
});
