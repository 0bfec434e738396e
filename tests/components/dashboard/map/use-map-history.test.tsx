// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, it, vi } from 'vitest';

import type { MapHistory } from '@/components/dashboard/map/map-history';
import { type MapHistoryState, useMapHistory } from '@/components/dashboard/map/use-map-history';
import type { MapSource } from '@/components/dashboard/market-contracts';
import type { Contract } from '@/lib/market/contract';
import { createMemoryLog } from '@/lib/store/open-market-log';

import { CONTRACT, NOW_MS } from '../../samples';
import { createRoot } from '../rendering';

vi.mock('wxt/browser', async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  return { browser };
});

const OTHER: Contract = { ...CONTRACT, id: 'binance:ETHUSDT', symbol: 'ETHUSDT', baseAsset: 'ETH' };
const SOURCE: MapSource = createMemoryLog(() => {});
const now = () => NOW_MS;

const { show } = createRoot();

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
