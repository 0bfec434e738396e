// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';

import { DiagnosticsPage } from '@/components/dashboard/diagnostics/DiagnosticsPage';
import type { MapSource } from '@/components/dashboard/market-contracts';
import { MINUTE_MS } from '@/lib/core/time';
import type { Contract } from '@/lib/market/contract';
import { createMemoryLog } from '@/lib/store/log/open-market-log';

import { CONTRACT, NOW_MS } from '../../samples';
import { createRoot } from '../rendering';

vi.mock('wxt/browser', async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  return { browser };
});

const OTHER: Contract = { ...CONTRACT, id: 'gate:ETH_USDT', venueId: 'gate', symbol: 'ETH_USDT', baseAsset: 'ETH' };

const MODEL = { state: () => null, subscribe: () => () => {}, watch: () => () => {} };

const { show, texts } = createRoot();

it('says nothing of the disk before the browser has, and the figure of now each minute', async () => {
  const answers: ((estimate: StorageEstimate) => void)[] = [];
  vi.stubGlobal('navigator', { storage: { estimate: () => new Promise((resolve) => answers.push(resolve)) } });
  const page = (nowMs: number) => (
    <DiagnosticsPage model={MODEL} source={null} contract={null} venues={[]} storageProblem={null} nowMs={nowMs} />
  );
  const line = () => texts('.section p').find((text) => /used|does not tell/.test(text));
  await show(page(NOW_MS));
  expect(line()).toBeUndefined();
  answers[0]({ usage: 7.1e6, quota: 7.1e9 });
  await vi.waitFor(() => expect(line()).toBe('7.1 MB used, 0.1% of what the browser allows.'));
  await show(page(NOW_MS + MINUTE_MS));
  answers[1]({});
  await vi.waitFor(() => expect(line()).toBe('The browser does not tell how much is used.'));
  vi.unstubAllGlobals();
});

it('tells of the contract that is shown, however late the former one’s figures come', async () => {
  let answer = (_count: number) => {};
  const source: MapSource = {
    ...createMemoryLog(() => {}),
    countColumns: (id) => (id === OTHER.id ? Promise.resolve(7) : new Promise((resolve) => (answer = resolve))),
  };
  const page = (contract: Contract) => (
    <DiagnosticsPage
      model={MODEL}
      source={source}
      contract={contract}
      venues={[]}
      storageProblem={null}
      nowMs={NOW_MS}
    />
  );
  await show(page(CONTRACT));
  await show(page(OTHER));
  await vi.waitFor(() => expect(texts('.stored p')).toEqual([expect.stringContaining(OTHER.id)]));
  answer(5);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await show(page(OTHER));
  expect(texts('.stored p')).toEqual([expect.stringContaining(OTHER.id)]);
});
