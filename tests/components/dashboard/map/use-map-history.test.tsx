// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { afterEach, expect, it, vi } from 'vitest';

import type { MapHistory } from '@/components/dashboard/map/map-history';
import { type MapHistoryState, useMapHistory } from '@/components/dashboard/map/use-map-history';
import type { MapSource } from '@/components/dashboard/market-contracts';
import { DAY_MS, SECOND_MS } from '@/lib/core/time';
import type { Contract } from '@/lib/market/contract';
import { createMemoryLog } from '@/lib/store/log/open-market-log';

import { CONTRACT, NOW_MS } from '../../samples';
import { createRoot } from '../rendering';

vi.mock('wxt/browser', async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  return { browser };
});

const OTHER: Contract = { ...CONTRACT, id: 'binance:ETHUSDT', symbol: 'ETHUSDT', baseAsset: 'ETH' };
const SECOND: Contract = { ...CONTRACT, id: 'binance:BTCUSDC', symbol: 'BTCUSDC', quoteAsset: 'USDC' };
const SOURCE: MapSource = createMemoryLog(() => {});
const now = () => NOW_MS;

const { show } = createRoot();
afterEach(() => void vi.useRealTimers());

/** The history of a contract back to a time, as it is at any moment. */
async function follow(source: MapSource, fromMs: number) {
  let state: MapHistoryState | null = null;
  const Probe = () => {
    state = useMapHistory(source, null, CONTRACT, fromMs, now);
    return null;
  };
  await show(<Probe />);
  return () => state;
}
/** What is drawn anew may read in its turn. */
const pass = async (ms: number) => {
  for (const step of [ms, 1, 1, 1, 1]) await act(async () => void (await vi.advanceTimersByTimeAsync(step)));
};

it('is the chosen contract’s, whatever the history that was begun still reads', async () => {
  let tellDay = () => {};
  const begun: MapHistory = {
    contracts: [CONTRACT],
    days: new Map(),
    bars: [],
    endMs: NaN,
    load(_fromMs, onDay) {
      tellDay = onDay;
      return new Promise(() => {});
    },
    refresh: () => Promise.resolve(false),
  };
  let state: MapHistoryState | null = null;
  const Probe = ({ contract }: { contract: Contract }) => {
    state = useMapHistory(SOURCE, begun, contract, NOW_MS, now);
    return null;
  };
  const shown = () => state?.history?.contracts[0].id;
  await show(<Probe contract={CONTRACT} />);
  await act(() => tellDay());
  expect(shown()).toBe(CONTRACT.id);
  await show(<Probe contract={OTHER} />);
  await vi.waitFor(() => expect(shown()).toBe(OTHER.id));
  await act(() => tellDay());
  expect(shown()).toBe(OTHER.id);
});

it('reads on by itself what a store refused, and says so until then', async () => {
  vi.useFakeTimers();
  let refused = 2;
  const source: MapSource = {
    ...SOURCE,
    readLiquidations: (id, fromMs, toMs = NOW_MS) =>
      toMs - fromMs > DAY_MS && refused-- > 0
        ? Promise.reject(new Error('busy'))
        : SOURCE.readLiquidations(id, fromMs, toMs),
  };
  const state = await follow(source, NOW_MS - 3 * DAY_MS);
  await pass(1);
  expect(state()).toMatchObject({ isLoaded: false, hasFailed: true });
  await pass(5 * SECOND_MS);
  expect(state()).toMatchObject({ isLoaded: false, hasFailed: true });
  await pass(5 * SECOND_MS);
  expect(state()).toMatchObject({ isLoaded: true, hasFailed: false });
});

it('stays the whole market’s while a store does not tell which contracts that is', async () => {
  vi.useFakeTimers();
  let isRefused = false;
  const list = { fetchedAtMs: NOW_MS, contracts: [CONTRACT, SECOND] };
  const source: MapSource = {
    ...SOURCE,
    readContracts: (venueId) =>
      isRefused ? Promise.reject(new Error('busy')) : Promise.resolve(venueId === CONTRACT.venueId ? list : null),
    countColumns: () => Promise.resolve(1),
  };
  const state = await follow(source, NOW_MS - DAY_MS);
  await pass(1);
  const whole = state()?.history?.contracts;
  expect(whole).toHaveLength(2);
  isRefused = true;
  await pass(10 * SECOND_MS);
  expect(state()?.history?.contracts).toBe(whole);
});

it('stays what it is until as much of a market with one more contract is read', async () => {
  vi.useFakeTimers();
  let contracts = [CONTRACT];
  let isHeld = false;
  const held: (() => void)[] = [];
  const source: MapSource = {
    ...SOURCE,
    readContracts: (venueId) =>
      Promise.resolve(venueId === CONTRACT.venueId ? { fetchedAtMs: NOW_MS, contracts } : null),
    countColumns: () => Promise.resolve(1),
    readLiquidations: async (id, fromMs, toMs = NOW_MS) => {
      // Of the past, after the newest day.
      if (isHeld && toMs - fromMs > DAY_MS) await new Promise<void>((resolve) => held.push(resolve));
      return SOURCE.readLiquidations(id, fromMs, toMs);
    },
  };
  const state = await follow(source, NOW_MS - 3 * DAY_MS);
  await pass(1);
  const before = state()?.history;
  expect(before?.days.size).toBe(4);
  contracts = [CONTRACT, SECOND];
  isHeld = true;
  await pass(6 * SECOND_MS);
  expect(state()?.history).toBe(before);
  isHeld = false;
  for (const release of held) release();
  await pass(1);
  expect(state()?.history?.contracts).toHaveLength(2);
  expect(state()?.history?.days.size).toBe(4);
});
