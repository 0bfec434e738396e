// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';

import { findPane, placeOfAxis } from '@/lib/sites/chart-dom';

import { CHART_MARKUP } from './chart-page';

const byId = (id: string): Element => {
  const element = document.querySelector(`#${id}`);
  if (!element) throw new Error(`no #${id}`);
  return element;
};

beforeEach(() => {
  document.body.innerHTML = CHART_MARKUP;
});

it('finds the main pane in the row that its index names', () => {
  expect(findPane(document, 0, 1, 1)?.id).toBe('main');
  expect(findPane(document, 0, 1, 0)?.id).toBe('study');
  expect(findPane(document, 0, 1, 2)).toBeNull();
  expect(findPane(document, 1, 2, 0)).toBeNull();
});

it('gives each chart of a layout its own pane', () => {
  document.body.innerHTML = ['a', 'b', 'c']
    .map((id) => `<div class="chart-container"><i class="pane" id="${id}"></i></div>`)
    .join('');
  expect([0, 1, 2].map((chart) => findPane(document, chart, 3, 0)?.id)).toEqual(['a', 'b', 'c']);
  byId('b').parentElement?.classList.add('active');
  expect(findPane(document, 0, 1, 0)?.id).toBe('b');
});

it('knows the pane and the side of an axis in the charting library', () => {
  const place = placeOfAxis(byId('axis'));
  expect(place?.pane.id).toBe('main');
  expect(place?.side).toBe('right');
  expect(placeOfAxis(byId('time'))).toBeNull();
});

it('knows the pane and the side of an axis in lightweight-charts', () => {
  document.body.innerHTML = `<table><tr><td><div><canvas id="l"></canvas></div></td><td id="pane"><canvas id="p"></canvas></td>
    <td><div><canvas id="r"></canvas></div></td></tr></table><canvas id="loose"></canvas>`;
  expect(placeOfAxis(byId('r'))).toMatchObject({ side: 'right', pane: byId('pane') });
  expect(placeOfAxis(byId('l'))).toMatchObject({ side: 'left', pane: byId('pane') });
  expect(placeOfAxis(byId('p'))).toBeNull();
  expect(placeOfAxis(byId('loose'))).toBeNull();
});

it('knows the pane in KLineChart by its width, and leaves boxes of anything else alone', () => {
  const cell = (id: string, width: number) =>
    `<div id="${id}"><canvas width="${width}" id="${id}-main"></canvas><canvas></canvas></div>`;
  const row = (...cells: string[]) => `<div class="row">${cells.join('')}</div>`;
  document.body.innerHTML = `<div>${row(cell('pane', 800), cell('axis', 60))}${row(cell('times', 800))}
    ${row(cell('box', 60), '<p>words</p>')}</div>`;
  expect(placeOfAxis(byId('axis-main'))).toMatchObject({ side: 'right', pane: byId('pane') });
  for (const id of ['pane-main', 'times-main', 'box-main']) expect(placeOfAxis(byId(id))).toBeNull();
});
