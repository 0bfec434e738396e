import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Fault } from '@/tests/exchange/faults';

import { until, waitForBand } from './chart';
import { barFaults, readWholeStore } from './extension';
import { hurriedNow, hurryBackground } from './hurry';
import { openPopup, streamRows, type StreamRow } from './popup';
import { startStage, type Stage } from './stage';

/** Silences, limits and pauses before the next try pass that much faster, and a five-minute bar takes three seconds. */
const HURRY = 5;
const SPEED = 20;
/** A stream counts as silent after 30 s without data, by the hurried time. */
const SILENCE_PATIENCE_MS = 180_000;

let stage: Stage;
let chart: Page;
let popup: Page;

beforeAll(async () => {
  stage = await startStage({ exchange: { speed: SPEED, machineNow: hurriedNow(HURRY) }, venues: ['binance'] });
  await hurryBackground(stage.browser, HURRY);
  chart = await stage.openChart('tradingview');
  await waitForBand(chart, 'ready');
  popup = await openPopup(stage.browser);
  await seen('all live', (rows) => Object.values(rows).every(({ state }) => state === 'live'));
});
afterEach(() => stage.exchange.clearFaults());
afterAll(() => stage?.close());

const seen = (what: string, isSo: (rows: Readonly<Record<string, StreamRow>>) => boolean, patienceMs = 90_000) =>
  until(
    async () => {
      const rows = await streamRows(popup);
      return Object.keys(rows).length > 0 && isSo(rows) ? rows : null;
    },
    `${what} in the popup`,
    patienceMs,
  ).catch(async (error: unknown) => {
    throw new Error(`${String(error)}; it says ${await popup.innerText('body')}`, { cause: error });
  });

const isLive = (rows: Readonly<Record<string, StreamRow>>) =>
  Object.values(rows).every(({ state }) => state === 'live');

/** Everything is live again, and the log has every bar once. */
async function recovered(): Promise<void> {
  await seen('recovery', isLive, SILENCE_PATIENCE_MS);
  await waitForBand(chart, 'ready');
  stage.exchange.clock.pause();
  stage.exchange.clock.step(30_000);
  const store = await readWholeStore(stage.browser, stage.exchange).finally(() => stage.exchange.clock.resume());
  expect(barFaults(store)).toEqual({ missing: 0, doubled: 0 });
  expect(store.checkpoints.every(({ isFreshFold }) => isFreshFold)).toBe(true);
}

interface Case {
  readonly name: string;
  readonly fault: Fault;
  readonly stream: string;
  readonly state: string;
  /** A user's press on the popup's button, where waiting alone would take a quarter of an hour. */
  readonly needsRetry?: boolean;
}

const CASES: readonly Case[] = [
  { name: 'a dropped connection', fault: { target: 'stream', kind: 'drop' }, stream: 'Trades', state: 'down' },
  { name: 'refused requests', fault: { target: 'rest', kind: 'refuse' }, stream: 'Open interest', state: 'down' },
  {
    name: 'answers cut in the middle',
    fault: { target: 'rest', kind: 'truncated' },
    stream: 'Open interest',
    state: 'down',
  },
  { name: 'answers of nonsense', fault: { target: 'rest', kind: 'malformed' }, stream: 'Open interest', state: 'down' },
  {
    name: 'errors of the server',
    fault: { target: 'rest', kind: 'status', status: 503 },
    stream: 'Open interest',
    state: 'down',
  },
  {
    name: 'a request to slow down (429)',
    fault: { target: 'rest', kind: 'status', status: 429, retryAfterSeconds: 15 },
    stream: 'Open interest',
    state: 'limited',
  },
  {
    name: 'a ban (418)',
    fault: { target: 'rest', kind: 'status', status: 418, retryAfterSeconds: 20 },
    stream: 'Open interest',
    state: 'limited',
  },
  {
    name: 'a block by country (451)',
    fault: { target: 'rest', kind: 'status', status: 451 },
    stream: 'Open interest',
    state: 'blocked',
    needsRetry: true,
  },
];

describe('a fault of the exchange', () => {
  it.each(CASES)('is shown and survived: $name', async ({ fault, stream, state, needsRetry }) => {
    stage.exchange.setFault(fault);
    await seen(`${stream} ${state}`, (rows) => rows[stream]?.state === state);
    stage.exchange.clearFaults();
    if (needsRetry === true) await popup.getByRole('button', { name: 'Retry now' }).click();
    await recovered();
  });

  it('is shown and survived: a stream that falls silent', async () => {
    stage.exchange.setFault({ target: 'stream', kind: 'silent' });
    await seen('Trades silent', (rows) => rows['Trades']?.state === 'silent', SILENCE_PATIENCE_MS);
    stage.exchange.clearFaults();
    await recovered();
  });

  it('is counted and survived: broken frames between good ones', async () => {
    const before = (await streamRows(popup))['Trades'].brokenCount;
    stage.exchange.setFault({ target: 'stream', kind: 'malformed', match: /aggTrade/, every: 2 });
    const rows = await seen('broken frames', (each) => (each['Trades']?.brokenCount ?? 0) > before + 3);
    expect(rows['Trades'].state).toBe('live');
    stage.exchange.clearFaults();
    await recovered();
  });

  it('is survived unseen: slow, doubled and swapped answers and frames', async () => {
    stage.exchange.setFault({ target: 'all', kind: 'latency', delayMs: 700 });
    stage.exchange.setFault({ target: 'all', kind: 'duplicate' });
    stage.exchange.setFault({ target: 'all', kind: 'reorder' });
    const bars = stage.exchange.requests.filter(({ path }) => path === '/fapi/v1/klines').length;
    await until(
      () =>
        Promise.resolve(
          stage.exchange.requests.filter(({ path }) => path === '/fapi/v1/klines').length > bars + 2 || null,
        ),
      'bars fetched under faults',
    );
    expect(isLive(await streamRows(popup))).toBe(true);
    stage.exchange.clearFaults();
    await recovered();
  });
});

describe('an exchange that is shut from the start', () => {
  it('hides the band with the reason, says so in the popup and comes up on retry', async () => {
    const shut = await startStage({ exchange: { speed: 1 }, venues: ['binance'] });
    try {
      shut.exchange.setFault({ target: 'rest', kind: 'status', status: 451 });
      const page = await shut.openChart('tradingview');
      await waitForBand(page, 'hidden', 'blocked');
      const panel = await openPopup(shut.browser);
      await until(
        async () => ((await panel.innerText('body')).includes('blocked where you are') ? true : null),
        'the notice',
      );
      shut.exchange.clearFaults();
      await panel.getByRole('button', { name: 'Retry now' }).click();
      await waitForBand(page, 'ready');
    } finally {
      await shut.close();
    }
  });
});
