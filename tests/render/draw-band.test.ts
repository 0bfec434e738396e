import { describe, expect, it } from 'vitest';

import { marketAfter, NO_MARKET } from '@/entrypoints/band.content/market';
import { formatUsdShort } from '@/lib/core/format';
import { speak } from '@/lib/i18n/words';
import type { BandContent, BandView, PixelPicture } from '@/lib/render/band-view';
import { fillBarPixels, groupColours, MIN_BAR_PX } from '@/lib/render/bar-pixels';
import { createLevelsBuilder, type LevelsInput } from '@/lib/render/build-levels';
import { drawBand } from '@/lib/render/draw-band';
import type { Context } from '@/lib/render/draw-text';
import { heatTables } from '@/lib/render/palette';
import { labelFromCluster } from '@/lib/render/place-labels';
import { sumsFromProfile, usdBetween } from '@/lib/render/profile-sums';
import { createSprites } from '@/lib/render/sprites';
import { BAND_COLOURS } from '@/lib/render/theme';
import english from '@/public/words/en.json' with { type: 'json' };

import { groupSumsOf, ALL_LEVELS, randomProfile, scaleOf } from './profiles';
import { registerStripStyles } from './strip-styles';

registerStripStyles();

interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** A context that notes what is asked of it. */
function recordingContext() {
  const calls: Call[] = [];
  const state: Record<string | symbol, unknown> = {};
  const context = new Proxy(state, {
    get: (target, name) =>
      name in target
        ? target[name]
        : (...args: unknown[]) => {
            calls.push({ name: String(name), args });
            return name === 'measureText' ? { width: 6 * String(args[0]).length } : undefined;
          },
    set: (target, name, value) => ((target[name] = value), true),
  }) as unknown as Context;
  const texts = (): string[] => calls.filter(({ name }) => name === 'fillText').map(({ args }) => String(args[0]));
  return { context, calls, texts };
}

const WIDTH = 380;
const HEIGHT = 600;
const IMAGE = {} as CanvasImageSource;
const pictureOf = (width: number, height: number): PixelPicture => ({
  width,
  rows: height,
  margin: 0,
  pixels: new Uint32Array(width * height),
  image: IMAGE,
  put: () => IMAGE,
  top: 0,
});

const PROFILE = randomProfile(9);
const CLUSTERS = [
  { positionSide: 'short', price: 61_260, usd: 36e6, distance: 0.021 },
  { positionSide: 'long', price: 58_700, usd: 22e6, distance: -0.0217 },
] as const;

const inputOf = (changes: Partial<LevelsInput> = {}): LevelsInput => ({
  sums: sumsFromProfile(PROFILE),
  labels: CLUSTERS.map(labelFromCluster),
  ownLevels: [],
  scale: scaleOf(57_000, 63_000, HEIGHT),
  height: HEIGHT,
  bandWidth: 72,
  ratioY: 2,
  hasMargin: true,
  picture: pictureOf(1, 2 * HEIGHT),
  tables: heatTables('default', 'dark', 0.55),
  legendImage: IMAGE,
  bars: null,
  choices: ALL_LEVELS,
  priceDigits: 1,
  notes: [],
  pointerY: null,
  ...changes,
});

function draw(content: BandContent, changes: Partial<BandView> = {}) {
  const recording = recordingContext();
  drawBand(recording.context, {
    width: WIDTH,
    height: HEIGHT,
    ratioX: 2,
    ratioY: 2,
    bandWidth: 72,
    colours: BAND_COLOURS.dark,
    // Painted by the same recorder.
    sprites: createSprites((_width, _height, paint) => (paint(recording.context), IMAGE)),
    hasMargin: true,
    backdrop: null,
    content,
    ...changes,
  });
  return recording;
}
const drawLevels = (changes: Partial<LevelsInput> = {}) =>
  draw(createLevelsBuilder().build(inputOf(changes)), { hasMargin: changes.hasMargin ?? true });

describe('levels', () => {
  it('stretch one column of pixels over exactly the strip', () => {
    const [strip] = drawLevels().calls.filter(({ name }) => name === 'drawImage');
    expect(strip.args).toEqual([IMAGE, 0, 0, 1, 1200, 760 - 144, 0, 144, 1200]);
  });

  it('paint every visible row of a full profile', () => {
    const input = inputOf({ choices: { ...ALL_LEVELS, thresholdUsd: 0, fullUsd: 1e7 } });
    createLevelsBuilder().build(input);
    const painted = input.picture.pixels.filter((row) => row !== 0).length;
    expect(painted).toBeGreaterThan(0.99 * input.picture.pixels.length);
  });

  it('state the shorts above, the longs below, the clusters and the legend', () => {
    const { texts } = drawLevels();
    expect(texts()).toEqual(expect.arrayContaining(['S', 'L', '$36M', '+2.1%', '$22M', '\u22122.2%']));
    const { head } = createLevelsBuilder().build(inputOf());
    expect(texts().toReversed().join('')).toContain(head.text);
  });

  it('change places on an inverted axis', () => {
    const builder = createLevelsBuilder();
    const upright = builder.build(inputOf());
    const [head, foot] = [upright.head, upright.foot];
    const inverted = builder.build(inputOf({ scale: scaleOf(63_000, 57_000, HEIGHT) }));
    expect([head.positionSide, foot.positionSide]).toEqual(['short', 'long']);
    expect([inverted.head, inverted.foot]).toEqual([foot, head]);
  });

  it('count every bin to the edge of the view, drawn or not', () => {
    const all = createLevelsBuilder().build(inputOf());
    const none = createLevelsBuilder().build(inputOf({ choices: { ...ALL_LEVELS, thresholdUsd: 1e12 } }));
    expect(none.head).toEqual(all.head);
    expect(none.emptyText).toBe('over $1.0T');
    expect(all.emptyText).toBeNull();
  });

  it('tell nothing of a side that is not wanted, which is not that it holds nothing', () => {
    const { head, foot } = createLevelsBuilder().build(inputOf({ choices: { ...ALL_LEVELS, side: 'long' } }));
    const both = createLevelsBuilder().build(inputOf());
    expect([head.text, foot]).toEqual(['\u2013', both.foot]);
    const shorts = createLevelsBuilder().build(inputOf({ choices: { ...ALL_LEVELS, side: 'short' } }));
    expect([shorts.head, shorts.foot.text]).toEqual([both.head, '\u2013']);
  });

  it('go without labels where none are wanted', () => {
    const { labels } = createLevelsBuilder().build(inputOf({ choices: { ...ALL_LEVELS, hasLabels: false } }));
    expect(labels).toEqual([]);
  });

  it('are cut into no fewer rows than the bins that are wanted in one', () => {
    const rowsOf = (rowBins: number) => {
      const input = inputOf({ choices: { ...ALL_LEVELS, thresholdUsd: 1, rowBins } });
      createLevelsBuilder().build(input);
      const { pixels } = input.picture;
      return pixels.filter((pixel, i) => i > 0 && pixel !== pixels[i - 1]).length;
    };
    expect(rowsOf(16)).toBeLessThan(rowsOf(1) / 8);
  });

  it('give the dollars alone, inside the band, where the chart has no margin', () => {
    const { texts, calls } = drawLevels({ hasMargin: false });
    expect(texts()).toContain('$36M');
    expect(texts()).not.toContain('+2.1%');
    const copied = calls.filter(({ name, args }) => name === 'drawImage' && args.length === 3);
    const leftmost = Math.min(...copied.map(({ args }) => Number(args[1])));
    expect(leftmost).toBeGreaterThanOrEqual(2 * (WIDTH - 72));
  });

  it('name a proxy under the head and in the read-out', () => {
    const proxy = { short: 'via Binance', long: 'Binance BTCUSDT for Bybit BTCUSDT perpetual' };
    expect(drawLevels({ notes: [proxy] }).texts()).toContain(proxy.short);
    expect(drawLevels({ notes: [proxy], pointerY: 450 }).texts()).toContain(proxy.long);
  });

  it('read out price, distance, both sides and the sum at the pointer', () => {
    const { readout } = createLevelsBuilder().build(inputOf({ pointerY: 599 }));
    expect(readout).toMatchObject({ priceText: '57,000.0', distanceText: '\u22125.00%', positionSide: 'long' });
    expect(readout?.shortText).toBe('\u2013');
    expect(readout?.longText).toMatch(/^\$\d/);
  });

  const BARS: Partial<LevelsInput> = {
    picture: pictureOf(144, 2 * HEIGHT),
    sums: groupSumsOf(PROFILE, 4),
    bars: {
      legend: { image: IMAGE, height: 7, loText: '\u226410x', hiText: '75x+' },
      minBarPx: MIN_BAR_PX,
      fill: (cells, sums, ratioX, picture) =>
        fillBarPixels(cells, sums, groupColours(heatTables('sides', 'dark', null), 'dark'), ratioX, picture),
    },
  };

  it('become bars by leverage, with the same sums and labels and a legend of their own', () => {
    const [strip, bars] = [drawLevels(), drawLevels(BARS)];
    expect(bars.calls.find(({ name }) => name === 'drawImage')?.args).toEqual(
      [IMAGE, [0, 0, 144, 1200], [760 - 144, 0, 144, 1200]].flat(),
    );
    // Behind all but the sums, which are written sign by sign.
    const legendAt = bars.texts().indexOf('\u226410x');
    const legendOf = (texts: readonly string[]) => texts.slice(legendAt, legendAt + 2);
    const others = (texts: readonly string[]) => texts.toSpliced(legendAt, 2);
    expect(others(bars.texts())).toEqual(others(strip.texts()));
    expect(legendOf(bars.texts())).toEqual(['\u226410x', '75x+']);
    expect(legendOf(strip.texts())).not.toEqual(legendOf(bars.texts()));
  });

  const OWN = { price: 58_640, positionSide: 'long' } as const;

  it('mark an own level with a dashed line across the band, and say what lies before it', () => {
    const { calls, texts } = drawLevels({ ownLevels: [OWN] });
    const before = usdBetween(sumsFromProfile(PROFILE), 'long', PROFILE.markPrice, OWN.price);
    expect(before).toBeGreaterThan(1e6);
    const figures = `58,640  \u22122.3%  ${formatUsdShort(before)} before it`;
    expect(texts()).toEqual(expect.arrayContaining(['Your long', figures]));
    const dash = calls.findIndex(({ name, args }) => name === 'setLineDash' && String(args[0]) === '4,3');
    const [from, to] = calls.slice(dash - 2, dash);
    expect([from.name, to.name]).toEqual(['moveTo', 'lineTo']);
    expect([from.args[0], to.args[0]]).toEqual([WIDTH - 72 - 7, WIDTH]);
    // On the device pixel that holds the price: 58,640 lies 435.273 px down this scale.
    expect(from.args[1]).toBeCloseTo(435.25, 9);
  });

  it('name an own level in the language of the moment, whenever it was told', () => {
    const levels = [{ positionSide: 'long', price: 58_640 }] as const;
    const { ownLevels } = marketAfter(NO_MARKET, { type: 'own-levels', key: 'k', levels }, 0);
    speak('es', { ...english, 'band.own.long': 'Tu largo' });
    expect(drawLevels({ ownLevels }).texts()).toContain('Tu largo');
    speak('en', english);
  });

  it('find nobody before an own level that the price has passed', () => {
    const passed = { price: 61_000, positionSide: 'long' } as const;
    expect(drawLevels({ ownLevels: [passed] }).texts()).toContain('61,000  +1.7%  $0 before it');
  });

  it('give a cluster no label under an own level', () => {
    expect(drawLevels({ ownLevels: [OWN] }).texts()).not.toContain('$22M');
    expect(drawLevels({ ownLevels: [OWN] }).texts()).toContain('$36M');
  });

  it('give an own level its distance alone inside the band', () => {
    const { texts } = drawLevels({ ownLevels: [OWN], hasMargin: false });
    expect(texts()).toContain('Liq \u22122.3%');
    expect(texts()).not.toContain('Your long');
    // Nor does a pane with no room for all of it cut what it says.
    const narrow = draw(createLevelsBuilder().build(inputOf({ ownLevels: [OWN] })), { width: 180 });
    expect(narrow.texts()).toContain('Liq \u22122.3%');
    expect(narrow.texts()).not.toContain('Your long');
  });

  it('leave nothing of the picture before', () => {
    expect(drawLevels().calls.find(({ name }) => name === 'clearRect')?.args).toEqual([0, 0, WIDTH, HEIGHT]);
  });
});

describe('states', () => {
  it('say how much history is there while it loads', () => {
    expect(draw({ kind: 'loading', daysDone: 12.3, daysTotal: 30 }).texts()).toEqual(['Filling', '12 of 30 d']);
  });

  it('say the age of late data', () => {
    expect(draw({ kind: 'late', picture: pictureOf(1, 1200), ageText: '42s' }).texts()).toEqual([
      '\u25c6',
      'Late',
      '42s',
    ]);
  });

  it('show a tab, and the reason beside it only while it is news', () => {
    const hidden = { kind: 'hidden', reason: 'blocked' } as const;
    expect(draw({ ...hidden, isCardShown: false }).texts()).toEqual([]);
    const { texts } = draw({ ...hidden, isCardShown: true });
    expect(texts()[0]).toBe('Blocked');
    expect(texts().slice(1).join(' ')).toBe('The exchange refuses requests from this location.');
  });

  it('draw nothing while there is nothing to say', () => {
    const calls = draw({ kind: 'hidden', reason: 'connecting', isCardShown: true }).calls;
    expect(calls.map(({ name }) => name)).toEqual(['setTransform', 'clearRect']);
  });
});
