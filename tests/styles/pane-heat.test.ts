import { beforeEach, describe, expect, it } from 'vitest';

import { createPaneHeat } from '@/entrypoints/styles/pane-heat';
import type { PaneView } from '@/lib/render/band-styles';
import { heatTables } from '@/lib/render/palette';
import { sumsFromProfile } from '@/lib/render/profile-sums';
import { ALL_LEVELS, randomProfile, scaleOf } from '@/tests/render/profiles';

import { recordingContext, standInForCanvases } from './canvases';
import { answerTo, NOW_MS, QUARTER_MS, quarters } from './pane-part';

const SUMS = sumsFromProfile(randomProfile(3));
const SCALE = scaleOf(59_000, 61_000, 500);
const TABLES = heatTables('default', 'dark', 0.55);
const SET = ALL_LEVELS;
const view = (lastX: number, ratio = 1): PaneView => ({
  times: quarters(lastX),
  scale: SCALE,
  sums: SUMS,
  tables: TABLES,
  choices: SET,
  right: 900,
  height: 500,
  ratioX: ratio,
  ratioY: ratio,
});

/** A pane that has been told all of what it asked for. */
function toldPane(lastX: number) {
  const heat = createPaneHeat();
  const request = heat.lacking(quarters(lastX), 0);
  heat.take(answerTo(request!));
  return heat;
}
const cleared = (heat: ReturnType<typeof createPaneHeat>, of: PaneView): number[][] => {
  const { context, calls } = recordingContext();
  heat.draw(context, of);
  return calls.filter(({ name }) => name === 'clearRect').map(({ args }) => args as number[]);
};

beforeEach(standInForCanvases);

describe('the heat of a full pane', () => {
  it.each([1, 2])('leaves every candle clear by two pixels at %s device pixels per pixel', (ratio) => {
    const rects = cleared(toldPane(780), view(780, ratio));
    // Whole device pixels outwards from two pixels above the high and below the low.
    const top = Math.floor((SCALE.priceToY(60_100) - 2) * ratio);
    const bottom = Math.ceil((SCALE.priceToY(59_900) + 2) * ratio);
    const corridors = rects.slice(0, -1);
    expect(corridors).toHaveLength(79);
    for (const [i, [x, y, width, height]] of corridors.entries()) {
      expect([y, y + height]).toEqual([top, bottom]);
      // The newest bar's middle is at 780, its left edge five pixels before.
      expect(x).toBe((775 - (78 - i) * 10) * ratio);
      expect(width).toBe(10 * ratio);
    }
  });

  it('takes away what hangs over the last bar, and lays the map of now there at half strength', () => {
    const { context, calls } = recordingContext();
    toldPane(780).draw(context, view(780));
    const last = calls.filter(({ name }) => name === 'clearRect').at(-1);
    expect(last?.args).toEqual([785, 0, 115, 500]);
    const present = calls.filter(({ name, alpha }) => name === 'drawImage' && alpha === 0.5);
    expect(present.length).toBeGreaterThan(0);
    for (const { args } of present) expect([args[5], args[7]]).toEqual([785, 115]);
    // All else at full strength, and nothing beyond the band's edge.
    expect(calls.filter(({ name, alpha }) => name === 'drawImage' && alpha === 1).length).toBeGreaterThan(0);
    expect(calls.find(({ name }) => name === 'rect')?.args).toEqual([0, 0, 900, 500]);
  });

  it('lays no map of now where bars reach up to the band', () => {
    const { context, calls } = recordingContext();
    toldPane(1_200).draw(context, view(1_200));
    expect(calls.some(({ alpha }) => alpha === 0.5)).toBe(false);
  });

  it('leaves a column empty of which nobody knows how far its bar reaches', () => {
    const heat = createPaneHeat();
    const whole = answerTo(heat.lacking(quarters(780), 0)!);
    const missingMs = NOW_MS - 9 * QUARTER_MS;
    const at = whole.bars.indexOf(missingMs);
    heat.take({ ...whole, bars: whole.bars.toSpliced(at, 3) });
    const empty = cleared(heat, view(780)).filter(([, y, , height]) => y === 0 && height === 500);
    // That bar, and what lies right of the newest.
    expect(empty.map(([x, , width]) => [x, width])).toEqual([
      [685, 10],
      [785, 115],
    ]);
  });

  it('draws rows of the same heat from one frame to the next: nothing is painted anew for a moved axis', () => {
    const heat = toldPane(780);
    const images = (of: PaneView) => {
      // A busy machine takes more than one frame for all of it.
      while (heat.draw(recordingContext().context, of));
      const { context, calls } = recordingContext();
      heat.draw(context, of);
      return new Set(calls.filter(({ name }) => name === 'drawImage').map(({ args }) => args[0]));
    };
    const first = images(view(780));
    expect(images({ ...view(780), scale: scaleOf(59_050, 61_050, 500) })).toEqual(first);
  });
});
