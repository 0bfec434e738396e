// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { startBands } from '@/entrypoints/band.content/bands';
import type { ChartSymbol } from '@/lib/market/chart-symbol';
import { SCALE_EVENT, SCALE_REQUEST_EVENT } from '@/lib/messaging/page';
import { repairBandSettings } from '@/lib/store/settings';

/** What the bands of all charts were told. */
const told = vi.hoisted(() => ({ bands: 0, texts: [] as string[] }));
vi.mock('@/entrypoints/band.content/chart-band', () => ({
  createChartBand() {
    told.bands += 1;
    return { onScale: (text: string) => void told.texts.push(text), onSettings() {} };
  },
}));

let frames: FrameRequestCallback[] = [];
const timeline = { currentTime: 0 };
Object.defineProperty(document, 'timeline', { get: () => timeline });
const nextFrame = (): void => {
  timeline.currentTime += 16;
  const due = frames;
  frames = [];
  for (const callback of due) callback(0);
};
beforeEach(() => {
  Object.assign(told, { bands: 0, texts: [] });
  frames = [];
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((callback) => frames.push(callback));
});

let controller = new AbortController();
let isHidden = false;
Object.defineProperty(document, 'hidden', { get: () => isHidden });
const turn = (hidden: boolean): void => {
  isHidden = hidden;
  document.dispatchEvent(new Event('visibilitychange'));
};

/** Bands on a page without charts, and what they want to be told of every market. */
function stage(style: 'strip' | 'bars', isOrphan = () => false) {
  const wanted: string[] = [];
  const watched: string[] = [];
  controller = new AbortController();
  const markets = {
    want: (detail: string) => void wanted.push(detail),
    watch: ({ pair }: ChartSymbol) => void watched.push(pair),
    readHistory: () => {},
  };
  const settings = (of: string) => repairBandSettings({ style: of });
  const bands = startBands(settings(style), markets, isOrphan, controller.signal);
  return { wanted, watched, look: (of: string) => bands.onSettings(settings(of)) };
}

afterEach(() => {
  controller.abort();
  turn(false);
});

it('a tab that nobody sees is told nothing of its markets, and all at once when it is looked at', () => {
  const { wanted } = stage('strip');
  turn(true);
  turn(false);
  expect(wanted).toEqual(['band', 'quiet', 'band']);
});

it('a tab opened behind others starts in silence, whatever is set there', () => {
  turn(true);
  const { wanted, look } = stage('strip');
  look('bars');
  expect(new Set(wanted)).toEqual(new Set(['quiet']));
  turn(false);
  expect(wanted.at(-1)).toBe('groups');
});

it('hears of the tab no more once it has ended', () => {
  const { wanted } = stage('bars');
  controller.abort();
  turn(true);
  expect(wanted).toEqual(['groups']);
});

it('asks for the market of the address at once, and for charts when the page is read', () => {
  let readyState = 'loading';
  Object.defineProperty(document, 'readyState', { configurable: true, get: () => readyState });
  window.location.href = 'https://www.tradingview.com/chart/?symbol=BINANCE:BTCUSDT.P';
  const { watched } = stage('strip');
  const requests = vi.fn();
  document.addEventListener(SCALE_REQUEST_EVENT, requests, { signal: controller.signal });
  expect(watched).toEqual(['BTCUSDT']);
  expect(requests).not.toHaveBeenCalled();
  readyState = 'interactive';
  document.dispatchEvent(new Event('DOMContentLoaded'));
  expect(requests).toHaveBeenCalledOnce();
  controller.abort();
  turn(true);
  expect(stage('strip').watched).toEqual([]);
});

it('believes the toolbar before a stale address where the chart does not tell its symbol', () => {
  window.location.href = 'https://www.tradingview.com/chart/?symbol=BINANCE:BTCUSDT.P';
  const button = document.body.appendChild(document.createElement('button'));
  button.id = 'header-toolbar-symbol-search';
  button.textContent = 'ETHUSDT.P';
  expect(stage('strip').watched).toEqual(['ETHUSDT']);
  button.remove();
});

const tell = (pane: Element, detail: string): void =>
  void pane.dispatchEvent(new CustomEvent(SCALE_EVENT, { bubbles: true, detail }));

it('hears so much of a page in a frame, however much it tells, and asks again for what was lost', () => {
  stage('strip');
  const requests = vi.fn();
  document.addEventListener(SCALE_REQUEST_EVENT, requests, { signal: controller.signal });
  const pane = document.body.appendChild(document.createElement('div'));
  for (let frame = 1; frame <= 3; frame++) {
    for (let nth = 0; nth < 10_000; nth++) tell(pane, `${frame} ${nth}`);
    expect(told.texts).toHaveLength(32 * frame);
    expect(frames).toHaveLength(1);
    nextFrame();
    expect(requests).toHaveBeenCalledTimes(frame);
  }
  // A chart that tells the truth again is heard, and nothing is asked of one that tells little.
  for (let nth = 0; nth < 32; nth++) tell(pane, `last ${nth}`);
  expect(told.texts.at(-1)).toBe('last 31');
  nextFrame();
  expect(requests).toHaveBeenCalledTimes(3);
  pane.remove();
});

it('asks now and then whether the extension is still there, and hears nothing once it is not', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(10_000);
  const isOrphan = vi.fn(() => false);
  stage('strip', isOrphan);
  const pane = document.body.appendChild(document.createElement('div'));
  for (let nth = 0; nth < 20; nth++) tell(pane, `${nth}`);
  // It is asked behind removals of nodes, too.
  expect(isOrphan.mock.calls.length).toBeLessThan(5);
  isOrphan.mockImplementation(() => (controller.abort(), true));
  clock.mockReturnValue(11_000);
  for (const text of ['late', 'later']) tell(pane, text);
  expect(told.texts.at(-1)).toBe('19');
  clock.mockRestore();
  pane.remove();
});

it('lays a band on no more charts than a page of charts has', () => {
  stage('strip');
  const panes = Array.from({ length: 200 }, () => document.body.appendChild(document.createElement('div')));
  for (const pane of panes) {
    tell(pane, 'a');
    nextFrame();
  }
  expect(told.bands).toBe(64);
  tell(panes[0], 'b');
  expect(told.texts.at(-1)).toBe('b');
  for (const pane of panes) pane.remove();
});
