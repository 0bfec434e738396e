// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { priceScaleFromSamples } from '@/lib/chart/price-scale';
import {
  parseScaleMessage,
  SCALE_EVENT,
  SCALE_REQUEST_EVENT,
  SCALE_STOP_EVENT,
  type ScaleMessage,
} from '@/lib/messaging/page';
import { startScaleReader } from '@/lib/sites/scale-reader';

import { CHART_MARKUP, createFakeChart, FakeResizeObserver, linearPrice } from './chart-page';

/** Messages with the id of the element that each arrived at. */
let heard: { at: string; message: ScaleMessage | null }[];
let fake: ReturnType<typeof createFakeChart>;

const tell = (type: string): boolean => document.dispatchEvent(new CustomEvent(type));
const last = () => heard.at(-1);
/** Two heartbeats and the frames they ask for. */
const wait = (ms = 1_100): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const drag = (): boolean => window.dispatchEvent(new PointerEvent('pointermove', { buttons: 1 }));

document.addEventListener(SCALE_EVENT, (event) => {
  heard.push({ at: (event.target as Element).id, message: parseScaleMessage((event as CustomEvent<string>).detail) });
});
Object.assign(window, { ResizeObserver: FakeResizeObserver });
Object.defineProperty(document, 'timeline', { get: () => ({ currentTime: performance.now() }) });
startScaleReader();

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame', 'performance'],
  });
  tell(SCALE_STOP_EVENT);
  heard = [];
  fake = createFakeChart();
  document.body.innerHTML = CHART_MARKUP;
  Object.assign(window, { tradingViewApi: undefined });
});

const start = async (): Promise<void> => {
  Object.assign(window, { tradingViewApi: fake.api });
  tell(SCALE_REQUEST_EVENT);
  await wait();
};

it('touches nothing before it is asked', async () => {
  Object.assign(window, { tradingViewApi: fake.api });
  await wait();
  expect(heard).toEqual([]);
  expect(fake.listeners.size).toBe(0);
});

it('finds a chart that comes with a young page within a twentieth of a second and its frame', async () => {
  tell(SCALE_REQUEST_EVENT);
  await wait(620);
  Object.assign(window, { tradingViewApi: fake.api });
  await wait(100);
  expect(last()?.message).toMatchObject({ state: 'ready' });
});

it('finds the panes of a young page as soon when its API was there before them', async () => {
  const markup = document.body.innerHTML;
  document.body.innerHTML = '';
  await start();
  document.body.innerHTML = markup;
  await wait(150);
  expect(last()?.message).toMatchObject({ state: 'ready' });
});

it('looks at a page without a chart no more than twice a second once it is old', async () => {
  tell(SCALE_REQUEST_EVENT);
  await wait(4_000);
  let looks = 0;
  Object.defineProperty(window, 'tradingViewApi', { configurable: true, get: () => void looks++ });
  await wait(2_000);
  Reflect.deleteProperty(window, 'tradingViewApi');
  expect(looks).toBeGreaterThan(0);
  expect(looks).toBeLessThanOrEqual(8);
});

it('announces the scale at the main pane, once', async () => {
  await start();
  await wait(5_000);
  expect(heard).toEqual([
    {
      at: 'main',
      message: {
        state: 'ready',
        source: 'api',
        symbol: 'BINANCE:BTCUSDT.P',
        height: 401,
        mode: 0,
        prices: [70_000, 60_000],
        range: [],
        disagreementPx: null,
        otherReading: 1,
        box: [],
        written: [],
        times: [],
      },
    },
  ]);
});

it('says everything again when asked again', async () => {
  await start();
  tell(SCALE_REQUEST_EVENT);
  expect(heard).toHaveLength(2);
  expect(heard[1]).toEqual(heard[0]);
});

it('finds an API that comes late', async () => {
  tell(SCALE_REQUEST_EVENT);
  await wait();
  expect(heard).toEqual([]);
  Object.assign(window, { tradingViewApi: fake.api });
  await wait();
  expect(last()?.message?.state).toBe('ready');
});

it('follows a drag frame by frame', async () => {
  await start();
  for (let i = 1; i <= 5; i++) {
    fake.state.range = { from: 60_000 + i, to: 70_000 + i };
    drag();
    await wait(20);
    expect(last()?.message).toMatchObject({ prices: [70_000 + i, 60_000 + i] });
  }
});

it('reads few prices while the chart moves and all of them at rest', async () => {
  fake.state.coordinateToPrice = (y) => linearPrice(fake.state)(y);
  await start();
  const counts = (): (number | undefined)[] =>
    heard.map(({ message }) => (message?.state === 'ready' ? message.prices.length : undefined));
  expect(counts()).toEqual([33]);
  fake.state.range = { from: 60_100, to: 70_100 };
  drag();
  await wait(20);
  expect(counts()).toEqual([33, 3]);
  await wait(2_000);
  expect(counts()).toEqual([33, 3, 33]);
});

it('reads the whole pane at once after a change of mode, and says by which range to check it', async () => {
  fake.state.coordinateToPrice = (y) => linearPrice(fake.state)(y);
  await start();
  fake.state.mode = 1;
  drag();
  await wait(40);
  expect(last()?.message).toMatchObject({ mode: 1, range: [60_000, 70_000] });
  expect(last()?.message).toHaveProperty('prices.length', 33);
});

it('says nothing usable of prices that do not run one way', async () => {
  fake.state.coordinateToPrice = (y) => (y < 200 ? 70_000 - y : 60_000 + y);
  await start();
  const message = last()?.message;
  if (message?.state !== 'ready') throw new Error('nothing was said');
  expect(priceScaleFromSamples(message.prices, message.height, 'normal')).toBeNull();
});

it('reads in the next frame when a tick has changed the legend', async () => {
  await start();
  const legend = document.querySelector('#main')?.appendChild(document.createElement('span'));
  await wait(20);
  fake.state.range = { from: 60_001, to: 70_001 };
  if (legend) legend.textContent = 'C 65,001';
  await wait(20);
  expect(last()?.message).toMatchObject({ prices: [70_001, 60_001] });
});

it('is not called by the legend of a page that nobody sees, and is again once it is seen', async () => {
  await start();
  const legend = document.querySelector('#main')?.appendChild(document.createElement('span'));
  await wait(20);
  const looks = vi.spyOn(window, 'requestAnimationFrame');
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  document.dispatchEvent(new Event('visibilitychange'));
  const called = vi.spyOn(MutationObserver.prototype, 'disconnect');
  for (let i = 0; i < 5; i++) {
    if (legend) legend.textContent = `C ${i}`;
    await wait(20);
  }
  expect(called).toHaveBeenCalledTimes(1);
  expect(looks).not.toHaveBeenCalled();
  hidden.mockRestore();
  document.dispatchEvent(new Event('visibilitychange'));
  await wait(20);
  fake.state.range = { from: 60_001, to: 70_001 };
  if (legend) legend.textContent = 'C 65,001';
  await wait(20);
  expect(last()?.message).toMatchObject({ prices: [70_001, 60_001] });
  vi.restoreAllMocks();
});

it('notices by its heartbeat what moved without a gesture', async () => {
  await start();
  fake.state.symbol = 'BINANCE:ETHUSDT.P';
  await wait(600);
  expect(last()?.message?.symbol).toBe('BINANCE:ETHUSDT.P');
});

it.each([
  ['autoscale was switched', { isAutoScale: false }],
  ['the pane was resized', { height: 301 }],
  ['the mode was changed', { mode: 1 }],
  ['another symbol was chosen', { symbol: 'BINANCE:ETHUSDT.P' }],
])('shows nothing for the one frame that is stale after %s', async (_, change) => {
  await start();
  Object.assign(fake.state, change);
  await wait(600);
  expect(heard.map(({ message }) => message?.state)).toEqual(['ready', 'absent', 'ready']);
});

describe('a chart of 2020, which does not tell whether it autoscales', () => {
  const states = (): unknown[] => heard.map(({ message }) => message?.state);
  const click = (target: Element | null, init: MouseEventInit = {}): unknown =>
    target?.dispatchEvent(new MouseEvent('click', { bubbles: true, ...init }));

  beforeEach(async () => {
    fake.state.isAutoScale = undefined;
    await start();
  });

  it.each([
    ['a double click on its axis', () => click(document.querySelector('#axis'), { detail: 2 })],
    ['a button', () => click(document.querySelector('.time-axis'), { detail: 1 })],
    ['a shortcut', () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', altKey: true }))],
  ])('shows nothing for the one frame that may be stale after %s', async (_, command) => {
    command();
    await wait(16);
    expect(states()).toEqual(['ready', 'absent']);
    fake.state.range = { from: 50_000, to: 90_000 };
    await wait(16);
    expect(states()).toEqual(['ready', 'absent', 'ready']);
    expect(last()?.message).toMatchObject({ prices: [90_000, 50_000] });
  });

  it('shows nothing for the one frame that may be stale when the chart moves and no gesture explains it', async () => {
    await wait(2_000);
    for (const listener of fake.listeners) listener();
    await wait(16);
    expect(states()).toEqual(['ready', 'absent']);
    await wait(16);
    expect(states()).toEqual(['ready', 'absent', 'ready']);
  });

  it('is read in two frames at rest, because the first may be the stale one', async () => {
    await wait(4_000);
    const { range } = fake.state;
    let reads = 0;
    const late = { get: () => (reads++ === 0 ? range : { from: 50_000, to: 90_000 }) };
    Object.defineProperty(fake.state, 'range', late);
    await wait(540);
    expect(last()?.message).toMatchObject({ prices: [90_000, 50_000] });
  });

  it('stays through a drag, a click and a key', async () => {
    drag();
    click(document.querySelector('#axis'), { detail: 1 });
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'r' }));
    await wait(600);
    expect(states()).toEqual(['ready']);
  });
});

it('stays through commands where the chart tells that it autoscales', async () => {
  await start();
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', altKey: true }));
  await wait(600);
  expect(heard).toHaveLength(1);
});

it('says that there is no scale while data load, and recovers', async () => {
  await start();
  const { range } = fake.state;
  fake.state.range = null;
  await wait(600);
  expect(last()?.message).toMatchObject({ state: 'absent', symbol: 'BINANCE:BTCUSDT.P' });
  fake.state.range = range;
  await wait(600);
  expect(last()?.message?.state).toBe('ready');
});

it('moves with the main pane to another row, and tells the row it left', async () => {
  await start();
  fake.state.paneIndex = 0;
  await wait(600);
  expect(heard.slice(1).map(({ at, message }) => [at, message?.state])).toEqual([
    ['main', 'absent'],
    ['study', 'ready'],
  ]);
});

it('finds the main pane again when rows were exchanged under the same index', async () => {
  await start();
  const [study, main] = document.querySelectorAll('.pane');
  main.id = 'moved';
  study.parentElement?.before(main.parentElement ?? main);
  await wait(600);
  expect(heard.slice(1).map(({ at, message }) => [at, message?.state])).toEqual([
    ['moved', 'absent'],
    ['study', 'ready'],
  ]);
});

it('finds the row that comes a frame behind its index, while the chart moves', async () => {
  await start();
  const [study, main] = document.querySelectorAll('.pane');
  drag();
  fake.state.paneIndex = 0;
  await wait(16);
  study.parentElement?.before(main.parentElement ?? main);
  drag();
  await wait(16);
  expect(last()).toMatchObject({ at: 'main', message: { state: 'ready' } });
});

it('says everything anew of a chart that left the page for a while', async () => {
  await start();
  const container = document.querySelector('.chart-container');
  container?.remove();
  await wait(600);
  document.body.append(container ?? '');
  await wait(600);
  expect(heard.map(({ message }) => message?.state)).toEqual(['ready', 'ready']);
});

it('watches the size of no chart that it has left', async () => {
  FakeResizeObserver.observed.clear();
  await start();
  document.body.innerHTML = CHART_MARKUP;
  await wait();
  expect(last()?.message).toMatchObject({ state: 'ready' });
  expect([...FakeResizeObserver.observed].filter(({ isConnected }) => !isConnected)).toEqual([]);
});

it('hears ticks, and stops hearing them', async () => {
  const onTick = new Set<() => void>();
  Object.assign(fake.api, {
    subscribe: (_: string, listener: () => void) => onTick.add(listener),
    unsubscribe: (_: string, listener: () => void) => onTick.delete(listener),
  });
  await start();
  fake.state.range = { from: 60_001, to: 70_001 };
  for (const listener of onTick) listener();
  await wait(20);
  expect(last()?.message).toMatchObject({ prices: [70_001, 60_001] });
  tell(SCALE_STOP_EVENT);
  expect(onTick.size).toBe(0);
});

it.each([
  ['unhooks every document once an API shows up in another', 800],
  ['goes on with labels where the frame of that API is not displayed', 0],
])('%s', async (_name, clientWidth) => {
  class Context {
    fillText(): void {}
  }
  const fillText = (): unknown => Reflect.get(Context.prototype, 'fillText');
  const original = fillText();
  Object.assign(window, { CanvasRenderingContext2D: Context });
  document.body.innerHTML = '<div><canvas></canvas><canvas></canvas></div><iframe></iframe>';
  tell(SCALE_REQUEST_EVENT);
  await wait(4_000);
  expect(fillText()).not.toBe(original);
  const inside = document.implementation.createHTMLDocument();
  inside.body.innerHTML = CHART_MARKUP;
  Object.defineProperty(inside.documentElement, 'clientWidth', { value: clientWidth });
  const view = {
    document: inside,
    tradingViewApi: fake.api,
    ResizeObserver: FakeResizeObserver,
    MutationObserver,
    performance,
    requestAnimationFrame: (callback: FrameRequestCallback) => requestAnimationFrame(callback),
  };
  Object.defineProperty(document.querySelector('iframe'), 'contentWindow', { value: view });
  await wait();
  expect(fillText() === original).toBe(clientWidth > 0);
});

it('reads in the frame that is being drawn when the chart calls while it draws', async () => {
  document.querySelector('#main')?.append(document.createElement('canvas'));
  await start();
  await wait(3_000);
  requestAnimationFrame(() => {
    fake.state.range = { from: 60_001, to: 70_001 };
    for (const listener of fake.listeners) listener();
  });
  await wait(16);
  expect(last()?.message).toMatchObject({ prices: [70_001, 60_001] });
});

it('reads labels where an API has told nothing for ten seconds, until it does', async () => {
  class Context {
    fillText(): void {}
  }
  const fillText = (): unknown => Reflect.get(Context.prototype, 'fillText');
  const original = fillText();
  Object.assign(window, { CanvasRenderingContext2D: Context });
  Object.defineProperty(document.documentElement, 'clientWidth', { configurable: true, value: 800 });
  document.querySelector('.price-axis')?.append(document.createElement('canvas'));
  const { range } = fake.state;
  fake.state.range = null;
  await start();
  await wait(7_000);
  expect(fillText()).toBe(original);
  await wait(3_000);
  expect(fillText()).not.toBe(original);
  fake.state.range = range;
  await wait();
  expect(fillText()).toBe(original);
  expect(last()?.message).toMatchObject({ state: 'ready', source: 'api' });
  Reflect.deleteProperty(document.documentElement, 'clientWidth');
});

it('follows the charts of a layout that change places', async () => {
  const charts = [fake, createFakeChart()].map(({ chart, state }, i) => {
    state.paneIndex = 0;
    return Object.assign(chart, { symbol: () => `chart ${i}` });
  });
  document.body.innerHTML = [0, 1]
    .map(
      (
        i,
      ) => `<div class="chart-container"><i></i><div class="pane" id="${i}"><canvas style="height: 401px"></canvas></div>
      <div class="pane"></div></div>`,
    )
    .join('');
  Object.assign(fake.api, { chartsCount: () => 2, chart: (i: number) => charts[i] });
  await start();
  const shown = () => Object.fromEntries(heard.map(({ at, message }) => [at, [message?.state, message?.symbol]]));
  expect(shown()).toEqual({ 0: ['ready', 'chart 0'], 1: ['ready', 'chart 1'] });
  document.body.append(document.querySelector('.chart-container') ?? '');
  await wait();
  expect(shown()).toEqual({ 0: ['ready', 'chart 1'], 1: ['ready', 'chart 0'] });
});

it('withdraws when the API goes', async () => {
  await start();
  Object.assign(window, { tradingViewApi: undefined });
  await wait(600);
  expect(last()).toMatchObject({ at: 'main', message: { state: 'absent' } });
});

it('stops on request without a trace, and starts again', async () => {
  await start();
  expect(fake.listeners.size).toBeGreaterThan(0);
  tell(SCALE_STOP_EVENT);
  expect(last()).toMatchObject({ at: 'main', message: { state: 'absent' } });
  expect(fake.listeners.size).toBe(0);
  const count = heard.length;
  fake.state.range = { from: 1, to: 2 };
  drag();
  await wait();
  expect(heard).toHaveLength(count);
  await start();
  expect(last()?.message).toMatchObject({ prices: [2, 1] });
});
