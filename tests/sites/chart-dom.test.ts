// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';

import { CONTAINER, findPanes, placeOfAxis } from '@/lib/sites/chart-dom';

import { CHART_MARKUP } from './chart-page';

// happy-dom has the attribute alone.
Object.defineProperty(Element.prototype, 'ariaLabel', {
  get(this: Element) {
    return this.getAttribute('aria-label');
  },
});

const byId = (id: string): HTMLCanvasElement => {
  const element = document.querySelector<HTMLCanvasElement>(`#${id}`);
  if (!element) throw new Error(`no #${id}`);
  return element;
};

const stateOf = (paneIndex: number, paneCount: number, height: number, symbol = '') => ({
  symbol,
  paneIndex,
  paneCount,
  scale: { priceSources: [], height, mode: 0 as const, from: 1, to: 2, isAutoScale: true },
});
const paneOf = (paneIndex: number, paneCount = 2, height = 300) =>
  findPanes([...document.getElementsByClassName(CONTAINER)], [stateOf(paneIndex, paneCount, height)])[0]?.id;

/** A layout: each chart's name, height and the symbol that its canvas says it shows. */
function layOut(...charts: readonly (readonly [id: string, height: number, said?: string])[]): void {
  document.body.innerHTML = charts
    .map(
      ([id, height, said]) => `<div class="chart-container"><i class="pane" id="${id}">
        <canvas style="height: ${height}px" ${said ? `aria-label="Chart for ${said}, 1 day"` : ''}></canvas></i></div>`,
    )
    .join('');
}
const panesOf = (...states: readonly ReturnType<typeof stateOf>[]) =>
  findPanes([...document.getElementsByClassName(CONTAINER)], states).map((pane) => pane?.id);

beforeEach(() => {
  document.body.innerHTML = CHART_MARKUP;
});

it('finds the main pane in the row that its index names', () => {
  expect(paneOf(1)).toBe('main');
  expect(paneOf(0)).toBe('study');
  expect(paneOf(2)).toBeUndefined();
});

it('finds the main pane by its height where rows are missing, and none where that does not tell', () => {
  for (const [id, height] of [
    ['study', 100],
    ['main', 300],
  ] as const) {
    const canvas = document.createElement('canvas');
    canvas.style.height = `${height}px`;
    byId(id).append(canvas);
  }
  expect(paneOf(1, 3)).toBe('main');
  expect(paneOf(1, 3, 200)).toBeUndefined();
  byId('study').remove();
  expect(paneOf(1, 2)).toBe('main');
});

it('knows panes of the tables of 2020', () => {
  document.body.innerHTML = `<div class="chart-container"><table class="chart-markup-table">
    <tr><td class="price-axis-container"></td><td class="pane" id="study"></td><td class="price-axis-container"></td></tr>
    <tr><td></td><td class="separator"></td><td></td></tr>
    <tr><td class="price-axis-container"></td><td class="pane" id="main"></td><td class="price-axis-container">
      <div class="price-axis"><canvas id="axis"></canvas></div></td></tr>
    <tr><td class="time-axis"></td></tr></table></div>`;
  expect(paneOf(1)).toBe('main');
  expect(placeOfAxis(byId('axis'))?.pane).toBe(byId('main'));
});

it('takes rows that carry the name of their table for rows', () => {
  document.body.innerHTML = `<div class="chart-markup-table" id="table"><div class="chart-markup-table">
    <div class="chart-markup-table pane" id="main"></div>
    <div class="chart-markup-table price-axis-container"><canvas id="axis"></canvas></div></div></div>`;
  expect(placeOfAxis(byId('axis'))).toEqual({ pane: byId('main'), table: byId('table') });
});

it('gives each chart of a layout its own pane, and a lone chart of one the active', () => {
  layOut(['a', 300], ['b', 300], ['c', 300]);
  const each = stateOf(0, 1, 300);
  expect(panesOf(each, each, each)).toEqual(['a', 'b', 'c']);
  byId('b').parentElement?.classList.add('active');
  expect(panesOf(each)).toEqual(['b']);
  byId('b').parentElement?.classList.remove('active');
  expect(panesOf(each)).toEqual([undefined]);
});

it('finds charts that stand in another order than in their API by their heights, and none where these are alike', () => {
  layOut(['a', 300], ['b', 200], ['c', 200]);
  expect(panesOf(stateOf(0, 1, 200), stateOf(0, 1, 300), stateOf(0, 1, 200))).toEqual(['b', 'a', 'c']);
  expect(panesOf(stateOf(0, 1, 200), stateOf(0, 1, 300), stateOf(0, 1, 400))).toEqual([undefined, 'a', undefined]);
});

it('gives no place to two charts that their own deny', () => {
  layOut(['a', 300], ['b', 300], ['c', 200]);
  expect(panesOf(stateOf(0, 1, 200), stateOf(0, 1, 200), stateOf(0, 1, 400))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('finds them by the symbols that their canvases say', () => {
  layOut(['a', 300, 'BINANCE:ETHUSDT.P'], ['b', 300, 'BINANCE:BTCUSDT.P']);
  const [btc, eth] = ['BINANCE:BTCUSDT.P', 'BINANCE:ETHUSDT.P'].map((symbol) => stateOf(0, 1, 300, symbol));
  expect(panesOf(btc, eth)).toEqual(['b', 'a']);
  expect(panesOf(eth, btc)).toEqual(['a', 'b']);
});

it('takes no place from another chart for one whose canvas still says the symbol of before', () => {
  layOut(['a', 300, 'BINANCE:ETHUSDT.P'], ['b', 300, 'BINANCE:BTCUSDT.P']);
  const btc = stateOf(0, 1, 300, 'BINANCE:BTCUSDT.P');
  expect(panesOf(btc, btc)).toEqual([undefined, 'b']);
});

it('goes by the order where no canvas says the symbol', () => {
  layOut(['a', 300, 'Bitcoin'], ['b', 300, 'Ether']);
  expect(panesOf(stateOf(0, 1, 300, 'BTCUSDT'), stateOf(0, 1, 300, 'ETHUSDT'))).toEqual(['a', 'b']);
});

it('knows the pane of an axis in the charting library', () => {
  expect(placeOfAxis(byId('axis'))?.pane.id).toBe('main');
  expect(placeOfAxis(byId('time'))).toBeNull();
});

it('knows the pane of an axis in lightweight-charts', () => {
  document.body.innerHTML = `<table><tr><td><div><canvas id="l"></canvas></div></td><td id="pane"><canvas id="p"></canvas></td>
    <td><div><canvas id="r"></canvas></div></td></tr></table><canvas id="loose"></canvas>`;
  for (const id of ['l', 'r']) expect(placeOfAxis(byId(id))?.pane).toBe(byId('pane'));
  expect(placeOfAxis(byId('p'))).toBeNull();
  expect(placeOfAxis(byId('loose'))).toBeNull();
});

it('knows the pane in KLineChart by its width, and leaves boxes of anything else alone', () => {
  const cell = (id: string, width: number) =>
    `<div id="${id}"><canvas width="${width}" id="${id}-main"></canvas><canvas width="${width}"></canvas></div>`;
  const row = (...cells: string[]) => `<div class="row">${cells.join('')}</div>`;
  document.body.innerHTML = `<div>${row(cell('pane', 800), cell('axis', 60))}${row(cell('times', 800))}
    ${row(cell('box', 60), '<p>words</p>')}</div>`;
  expect(placeOfAxis(byId('axis-main'))?.pane).toBe(byId('pane'));
  byId('axis').append(document.createElement('canvas'));
  expect(placeOfAxis(byId('axis-main'))?.pane).toBe(byId('pane'));
  for (const id of ['pane-main', 'times-main', 'box-main']) expect(placeOfAxis(byId(id))).toBeNull();
});

it('takes the box that pane and axis share for the pane, and KLineChart in it for what it is', () => {
  document.body.innerHTML = `<div><div class="kline-container" id="box"><canvas id="all"></canvas><canvas></canvas></div></div>`;
  expect(placeOfAxis(byId('all'))?.pane).toBe(byId('box'));
  const cell = (id: string, width: number) =>
    `<div id="${id}"><canvas width="${width}" id="${id}-main"></canvas><canvas width="${width}"></canvas></div>`;
  byId('box').innerHTML = `<div><div class="row">${cell('pane', 800)}${cell('axis', 60)}</div></div>`;
  expect(placeOfAxis(byId('axis-main'))?.pane).toBe(byId('pane'));
});
