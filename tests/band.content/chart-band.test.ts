// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';

import { createChartBand } from '@/entrypoints/band.content/chart-band';
import type { ChartSymbol } from '@/lib/market/chart-symbol';
import { formatScaleMessage } from '@/lib/messaging/page';
import { repairBandSettings } from '@/lib/store/settings';

// Nothing is drawn here: this document's canvases have no contexts.
vi.mock('@/lib/render/canvas', () => ({ createSurface: () => ({ width: 0, height: 0 }) }));
vi.mock('@/lib/render/looks', () => ({ createLooks: () => ({}) }));
vi.mock('@/entrypoints/band.content/chart-ground', () => ({ watchGround: () => ({ look() {}, touch() {} }) }));
vi.mock('@/entrypoints/band.content/pointer', () => ({ watchPointer() {} }));

/** A chart that spells its symbol like this, and what that means on the page at present. */
function stage(kind: ChartSymbol['kind']) {
  const pane = document.body.appendChild(document.createElement('div'));
  const page = { kind };
  const watched: (ChartSymbol & { readonly signal: AbortSignal })[] = [];
  const markets = {
    want() {},
    readHistory() {},
    watch: (symbol: ChartSymbol, _: unknown, signal: AbortSignal) => void watched.push({ ...symbol, signal }),
  };
  const readSymbol = (raw: string): ChartSymbol => ({ raw, exchange: 'okx', pair: raw, kind: page.kind });
  const { signal } = new AbortController();
  const band = createChartBand(pane, repairBandSettings({}), { markets, readSymbol, now: () => 0 }, signal);
  const scale = { state: 'ready', source: 'api', symbol: 'BTCUSDT', height: 500, mode: 0, range: [] } as const;
  return { page, watched, show: (prices: number[]) => band.onScale(formatScaleMessage({ ...scale, prices })) };
}

it('follows the market that the page’s symbol means, also where its perpetual is spelled like its spot', () => {
  const { page, watched, show } = stage('spot');
  show([60_100, 60_000]);
  show([60_200, 60_000]);
  expect(watched.map(({ kind }) => kind)).toEqual(['spot']);
  page.kind = 'perpetual';
  show([60_300, 60_000]);
  expect(watched.map(({ kind, signal }) => [kind, signal.aborted])).toEqual([
    ['spot', true],
    ['perpetual', false],
  ]);
});
