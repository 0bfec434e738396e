import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { MINUTE_MS } from '@/lib/core/time';
import { binPrice, type Profile } from '@/lib/market/profile';
import { addColumn, COLUMN_MS } from '@/lib/model/history';
import { readBands } from '@/scripts/browser';

import { afterFrame, chartFrame, panePoint, restore, settledScaleError, until, waitForBand, withChart } from './chart';
import { readHistory, readProfile, readWholeStore } from './extension';
import { GESTURES } from './gestures';
import { recordPaneErrors, watchCorridors } from './pane-frames';
import { differenceAt, type Picture, takePicture } from './picture';
import { spearman } from './spearman';
import { midBarMs, setBand, startStage, type Stage } from './stage';

type Style = 'strip' | 'bars' | 'pane';

const BAND_WIDTH = 72;
/** Rows at the pane's head and foot that carry words. */
const [HEAD, FOOT] = [40, 54];
const BAR_MINUTES = 15;

let stage: Stage;
let page: Page;
let frame: Frame;
beforeAll(async () => {
  // Whoever stops the clock just behind a bar's end waits for ever for its open interest, which comes some seconds late.
  stage = await startStage({ venues: ['binance'], exchange: { startMs: midBarMs() } });
  page = await stage.openChart('tradingview');
  frame = await chartFrame(page);
  await waitForBand(page, 'ready');
  await settledScaleError(frame);
  stage.exchange.clock.pause();
  await readWholeStore(stage.browser, stage.exchange);
});
afterAll(() => stage?.close());

/** The main pane as it is painted, in a style; without the last bit of doubt, since nothing moves any more. */
async function pictureOf(style: Style, of = page): Promise<Picture> {
  await setBand(stage.browser, { style });
  const origin = await panePoint(of, await chartFrame(of), 0, 0);
  const rect = await withChart(await chartFrame(of), (chart) => chart.paneRect());
  const clip = { x: origin.x - rect.width, y: origin.y, width: rect.width, height: rect.height };
  let last = await takePicture(of, clip);
  return until(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const next = await takePicture(of, clip);
    const isSame = countDifferent(last, next, 0, next.width) === 0;
    last = next;
    return isSame ? next : null;
  }, `a picture of ${style} that stays`);
}

/** Pixels between two columns of which a channel differs by more than a little. */
function countDifferent(a: Picture, b: Picture, fromX: number, toX: number, fromY = 0): number {
  let count = 0;
  for (let y = fromY; y < a.height; y++) for (let x = fromX; x < toX; x++) if (differenceAt(a, b, x, y) > 6) count++;
  return count;
}

/** USD in every row of the pane. */
async function usdInRows(prices: readonly number[], usd: readonly number[], rows: number): Promise<Float64Array> {
  const ys = await withChart(
    frame,
    (chart, text) => (JSON.parse(text) as number[]).map((price) => chart.priceToY(price)),
    JSON.stringify(prices),
  );
  const inRows = new Float64Array(rows);
  ys.forEach((y, i) => {
    const row = Math.round(y ?? -1);
    if (row >= 0 && row < rows) inRows[row] += usd[i];
  });
  return inRows;
}

/** Cells are a few rows tall and start where their bins do; over this many rows that averages out. */
const BLOCK = 6;
const inBlocks = (rows: Float64Array, isCounted: (row: number) => boolean): number[] => {
  const sums: number[] = [];
  for (let row = HEAD; row + BLOCK <= rows.length - FOOT; row += BLOCK) {
    const block = Array.from({ length: BLOCK }, (_, i) => row + i);
    if (block.every(isCounted)) sums.push(block.reduce((sum, each) => sum + rows[each], 0));
  }
  return sums;
};

async function pushedMap() {
  const plain = await readProfile(stage.browser);
  const profile: Profile = { ...plain, long: Float32Array.from(plain.long), short: Float32Array.from(plain.short) };
  const prices = plain.long.map((_, bin) => binPrice(profile, bin + 0.5));
  return { ...plain, prices, usd: plain.long.map((long, bin) => long + plain.short[bin]) };
}

it('draws bars as long as the map that the background pushes, longs and shorts apart', async () => {
  const picture = await pictureOf('bars');
  const map = await pushedMap();
  const left = picture.width - BAND_WIDTH;
  // Bars are violet or amber; ground, grid and the line of sums are grey.
  const colourOf = (x: number, y: number): 'long' | 'short' | null => {
    const [red, , blue] = picture.rgb(x, y);
    return Math.abs(red - blue) < 24 ? null : blue > red ? 'long' : 'short';
  };
  const length = Float64Array.from({ length: picture.height }, (_, y) => {
    let count = 0;
    for (let x = left + 2; x < picture.width; x++) if (colourOf(x, y) !== null) count++;
    return count;
  });
  const usd = await usdInRows(map.prices, map.usd, picture.height);
  const [dollars, lengths] = [usd, length].map((rows) => inBlocks(rows, () => true));
  expect(dollars.length).toBeGreaterThan(60);
  expect(spearman(dollars, lengths)).toBeGreaterThan(0.9);
  const priceY = (await withChart(frame, (chart) => chart.priceToY(chart.lastPrice() ?? NaN))) ?? NaN;
  for (let y = HEAD; y < picture.height - FOOT; y++) {
    if (Math.abs(y - priceY) < 6) continue;
    const side = y < priceY ? 'short' : 'long';
    const others = Array.from({ length: BAND_WIDTH - 2 }, (_, x) => colourOf(left + 2 + x, y)).filter(
      (seen) => seen !== null && seen !== side,
    );
    expect(others, `row ${y}`).toEqual([]);
  }
});

describe('the full pane', () => {
  it('shows right of the last bar the map of now, and in every bar that of its opening', async () => {
    const [strip, pane] = [await pictureOf('strip'), await pictureOf('pane')];
    const heat = (fromX: number, toX: number): Float64Array =>
      Float64Array.from({ length: pane.height }, (_, y) => {
        let sum = 0;
        for (let x = fromX; x < toX; x++)
          sum += pane.rgb(x, y).reduce((all, value, i) => all + value - strip.rgb(x, y)[i], 0);
        return sum / (toX - fromX);
      });
    const bars = await withChart(frame, (chart) => chart.bars?.() ?? []);
    const newest = bars[bars.length - 1];
    const map = await pushedMap();
    const present = heat(Math.ceil(newest.right) + 2, Math.ceil(newest.right) + 40);
    const [dollars, shine] = [await usdInRows(map.prices, map.usd, pane.height), present].map((rows) =>
      inBlocks(rows, () => true),
    );
    expect(dollars.length).toBeGreaterThan(60);
    expect(spearman(dollars, shine)).toBeGreaterThan(0.9);

    for (const back of [6, 17, 40, 80]) {
      const bar = bars[bars.length - back];
      const column = await columnAt(bar.openTimeMs);
      const usd = await usdInRows(column.prices, column.usd, pane.height);
      const ys = await withChart(
        frame,
        (chart, text) => (JSON.parse(text) as number[]).map((price) => chart.priceToY(price) ?? NaN),
        JSON.stringify([bar.high, bar.low]),
      );
      // Nothing over the candle itself.
      for (let y = Math.ceil(ys[0] - 1); y <= ys[1] + 1; y++)
        for (let x = Math.ceil(bar.left) + 1; x < bar.right - 1; x++)
          expect(differenceAt(strip, pane, x, y), `bar ${back}, ${x}, ${y}`).toBeLessThan(7);
      const rows = heat(Math.ceil(bar.left) + 1, Math.floor(bar.right));
      const isClear = (row: number): boolean => row < ys[0] - 4 || row > ys[1] + 4;
      const [then, seen] = [usd, rows].map((each) => inBlocks(each, isClear));
      expect(then.length).toBeGreaterThan(40);
      expect(spearman(then, seen), `bar ${back}`).toBeGreaterThan(0.9);
    }
  });

  it('stands within a pixel of the bars in every frame of every gesture', async () => {
    await watchCorridors(page);
    // At rest nothing is drawn, and so nothing is written down.
    await GESTURES['zooming with the wheel'](page, frame);
    await settledScaleError(frame);
    for (const [name, act] of Object.entries(GESTURES)) {
      if (name === 'panning up and down') await restore(frame, 'log', true);
      const stop = await recordPaneErrors(frame);
      await act(page, frame);
      await afterFrame(frame);
      await afterFrame(frame);
      const { worstX, worstY, lagFrames, shownFrames, bareFrames } = await stop();
      expect(shownFrames, name).toBeGreaterThan(0);
      expect(lagFrames, name).toBe(0);
      expect(worstX, name).toBeLessThanOrEqual(1);
      expect(worstY, name).toBeLessThanOrEqual(2);
      expect(bareFrames, name).toBe(0);
    }
  });

  it('leaves the strip alone, with a word, where the bars cannot be read', async () => {
    const other = await stage.openChart('bybit');
    await settledScaleError(await chartFrame(other));
    const [strip, pane] = [await pictureOf('strip', other), await pictureOf('pane', other)];
    const left = strip.width - BAND_WIDTH;
    expect(countDifferent(strip, pane, 0, left)).toBe(0);
    // The line of sums begins below the head, which has a line more.
    expect(countDifferent(strip, pane, left, strip.width, HEAD + 20)).toBeLessThan(20);
    expect(countDifferent(strip, pane, left, strip.width)).toBeGreaterThan(100);
    await other.close();
  });
});

it('switches on the spot: every style has its own picture, the band stays ready', async () => {
  const pictures: Picture[] = [];
  for (const style of ['strip', 'bars', 'pane', 'strip'] as const) {
    pictures.push(await pictureOf(style));
    expect((await readBands(page)).map(({ state }) => state)).toEqual(['ready']);
  }
  const [strip, bars, pane, again] = pictures;
  const left = strip.width - BAND_WIDTH;
  expect(countDifferent(strip, bars, left, strip.width)).toBeGreaterThan(5_000);
  expect(countDifferent(strip, bars, 0, left - 110)).toBe(0);
  expect(countDifferent(strip, pane, 0, left - 110)).toBeGreaterThan(50_000);
  expect(countDifferent(strip, again, 0, strip.width)).toBe(0);
});

/** The stored map as of a bar's opening. */
async function columnAt(openTimeMs: number) {
  const stepMs = BAR_MINUTES * MINUTE_MS;
  const parts = await readHistory(stage.browser, { fromMs: openTimeMs, toMs: openTimeMs + stepMs, stepMs });
  const column = parts
    .flatMap(({ columns }) => columns)
    .find(({ timeMs }) => timeMs === Math.floor(openTimeMs / COLUMN_MS) * COLUMN_MS);
  if (column === undefined) throw new Error(`No column as of ${openTimeMs}`);
  const { cellWidth, lowUsd } = column;
  const [long, short] = [column.long, column.short].map(({ firstCell, bytes }) => ({
    firstCell,
    bytes: Uint8Array.from(Buffer.from(bytes, 'base64')),
  }));
  const firstCell = Math.min(long.firstCell, short.firstCell);
  const end = Math.max(...[long, short].map((side) => side.firstCell + side.bytes.length));
  const usd = new Float32Array(end - firstCell);
  for (const side of ['long', 'short'] as const)
    addColumn({ cellWidth, lowUsd, long, short }, side, 0, { firstCell, cellsPerRow: 1 }, usd);
  return { usd: [...usd], prices: Array.from(usd, (_, i) => Math.exp((firstCell + i + 0.5) * cellWidth)) };
}
