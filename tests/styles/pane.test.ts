import { beforeEach, describe, expect, it, vi } from 'vitest';

import { createPane } from '@/entrypoints/styles/pane';
import { placeOf } from '@/lib/chart/bar-times';
import { SECOND_MS } from '@/lib/core/time';
import { heatTables } from '@/lib/render/palette';
import { sumsFromProfile } from '@/lib/render/profile-sums';
import { ALL_LEVELS, randomProfile, scaleOf } from '@/tests/render/profiles';

import { recordingContext, standInForCanvases } from './canvases';
import { answerTo, NOW_MS, QUARTER_MS } from './pane-part';

const WIDTH = 1_000;
const SPACING = 10;

/** What a time scale says whose newest bar, 20 bars left of the edge, opened then. */
function numbersAt(newestMs: number): number[] {
  const lastX = WIDTH - 1 - 20.5 * SPACING;
  const times = Array.from({ length: 33 }, (_, i) => {
    const bar = Math.round((lastX - placeOf(i + 3, WIDTH)) / SPACING);
    return bar < 0 ? 0 : (newestMs - bar * QUARTER_MS) / SECOND_MS;
  });
  return [WIDTH, SPACING, 20, ...times];
}

const view = {
  scale: scaleOf(59_000, 61_000, 500),
  sums: sumsFromProfile({ ...randomProfile(3), asOfMs: NOW_MS + 60_000 }),
  tables: heatTables('default', 'dark', 0.55),
  choices: ALL_LEVELS,
  right: 900,
  height: 500,
  ratioX: 1,
  ratioY: 1,
};

function stage() {
  const host = { readHistory: vi.fn<Parameters<typeof createPane>[0]['readHistory']>(), soon: vi.fn() };
  return { host, pane: createPane(host) };
}

beforeEach(standInForCanvases);

describe('the full pane of a chart', () => {
  it('asks for its history, and for another frame when some of it has come', () => {
    const { host, pane } = stage();
    expect(pane.under(view, numbersAt(NOW_MS), 'binance:BTCUSDT')).not.toBeNull();
    expect(host.readHistory).toHaveBeenCalledTimes(1);
    expect(host.soon).not.toHaveBeenCalled();
    pane.take(answerTo(host.readHistory.mock.calls[0][0]));
    expect(host.soon).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a chart that names no times', []],
    ['a chart of other days', numbersAt(NOW_MS - 4 * QUARTER_MS)],
    ['a chart of the future', numbersAt(NOW_MS + 3 * QUARTER_MS)],
    ['bars that do not stand where they are said to', numbersAt(NOW_MS).with(1, SPACING * 1.02)],
  ])('is none on %s', (_, numbers) => {
    const { host, pane } = stage();
    expect(pane.under(view, numbers, 'binance:BTCUSDT')).toBeNull();
    expect(host.readHistory).not.toHaveBeenCalled();
  });

  it('says so while its past is still being made', () => {
    const { host, pane } = stage();
    const isFillingAfter = (filledFromMs: number) => {
      pane.take({ ...answerTo(host.readHistory.mock.calls[0][0]), filledFromMs });
      pane.under(view, numbersAt(NOW_MS), 'binance:BTCUSDT');
      return pane.isFilling;
    };
    pane.under(view, numbersAt(NOW_MS), 'binance:BTCUSDT');
    expect(pane.isFilling).toBe(false);
    expect(isFillingAfter(NOW_MS)).toBe(true);
    expect(isFillingAfter(0)).toBe(false);
  });

  it('keeps nothing of a contract for another', () => {
    const { host, pane } = stage();
    const pictures = (contractId: string): number => {
      const { context, calls } = recordingContext();
      pane.under(view, numbersAt(NOW_MS), contractId)?.(context);
      return calls.filter(({ name, alpha }) => name === 'drawImage' && alpha === 1).length;
    };
    pictures('binance:BTCUSDT');
    pane.take(answerTo(host.readHistory.mock.calls[0][0]));
    expect(pictures('binance:BTCUSDT')).toBeGreaterThan(0);
    expect(pictures('binance:ETHUSDT')).toBe(0);
    expect(host.readHistory).toHaveBeenCalledTimes(2);
  });
});
