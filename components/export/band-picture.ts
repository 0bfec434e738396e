import { drawGrid, drawPriceLabels, drawTimeLabels } from '@/components/dashboard/map/draw-axes';
import { drawCandles } from '@/components/dashboard/map/draw-candles';
import { fitWindow } from '@/components/dashboard/map/fit-window';
import { mapColours } from '@/components/dashboard/map/map-colours';
import { TIME_AXIS_HEIGHT } from '@/components/dashboard/map/map-layout';
import { type MapArea, type MapWindow, priceToY, yToPrice } from '@/lib/chart/map-window';
import type { PriceScale } from '@/lib/chart/price-scale';
import type { MediaPx } from '@/lib/core/units';
import { clustersOfCharts } from '@/lib/market/clusters';
import type { Profile } from '@/lib/market/profile';
import type { BandDrawing } from '@/lib/render/band-drawing';
import { type Context, contextOf, drawText, FONTS, wrapText } from '@/lib/render/draw-text';
import { labelFromCluster } from '@/lib/render/place-labels';
import { sumsFromProfile } from '@/lib/render/profile-sums';
import type { Sprites } from '@/lib/render/sprites';
import type { Theme } from '@/lib/render/theme';
import type { BandSettings } from '@/lib/store/settings';

import { type Past, pastBackdrop } from './past-backdrop';

/** Device pixels per CSS pixel: sharp wherever it is passed on. */
const RATIO = 2;
/** CSS pixels. */
const LABELS_WIDTH = 124;
const AXIS_WIDTH = 76;
/** A narrower band has no legend, without which nobody can read its colours. */
const BAND_MIN_WIDTH = 66;
const HEIGHT = 560;
/** What a full pane shows left of the labels. */
const PAST_WIDTH = 720;
const INSET = 12;
const HEAD_HEIGHT = 48;
const LINE_HEIGHT = 15;
/** Prices above and below the mark, in ln(price): as far as the popup's figures reach. */
const REACH = 0.1;

/** What is written beside a picture of the band. */
export interface BandCaption {
  readonly contract: string;
  /** Venue and kind of the contract. */
  readonly venue: string;
  readonly time: string;
  readonly source: string;
  /** What its colours tell. */
  readonly colours: string;
  readonly priceDigits: number;
}

/** The band's levels as they are drawn on charts, beside a price axis of their own: nothing of the user's own. */
export function bandPicture(
  { createLooks, createLevelsBuilder, createPicture, drawBand }: BandDrawing,
  profile: Profile,
  settings: BandSettings,
  theme: Theme,
  caption: BandCaption,
  past: Past | null,
): OffscreenCanvas {
  const looks = createLooks({ ...settings, theme }, null);
  const { colours } = looks;
  const { markPrice } = profile;
  const bandWidth = Math.max(settings.width, BAND_MIN_WIDTH);
  const right = LABELS_WIDTH + (past === null ? 0 : PAST_WIDTH);
  const paneWidth = right + bandWidth;
  const window = past === null ? narrowWindow(markPrice) : pastWindow(past, profile, paneWidth);
  // The last row of pixels is the lowest price's.
  const area = { width: paneWidth, height: HEIGHT - 1 };
  const scale = scaleOf(window, area);
  const width = paneWidth + AXIS_WIDTH;
  const [band, drawOn] = createCanvas(paneWidth, HEIGHT);
  const bars = profile.groups === undefined ? null : looks.bars;
  const sums = sumsFromProfile(profile);
  const content = createLevelsBuilder().build({
    sums,
    labels: clustersOfCharts(profile).map(labelFromCluster),
    ownLevels: [],
    scale,
    height: HEIGHT,
    bandWidth,
    ratioY: RATIO,
    hasMargin: true,
    picture: createPicture(bars === null ? 1 : bandWidth * RATIO, HEIGHT * RATIO),
    tables: looks.tables,
    legendImage: looks.legendImage,
    bars,
    choices: settings,
    priceDigits: caption.priceDigits,
    notes: [],
    pointerY: null,
  });
  const view = {
    scale,
    sums,
    tables: looks.tables,
    choices: settings,
    right,
    height: HEIGHT,
    ratioX: RATIO,
    ratioY: RATIO,
  };
  drawBand(drawOn, {
    width: paneWidth,
    height: HEIGHT,
    ratioX: RATIO,
    ratioY: RATIO,
    bandWidth,
    colours,
    sprites: DIRECT,
    hasMargin: true,
    backdrop: past && pastBackdrop(past, view, window, area, profile.asOfMs),
    content,
  });

  const axisHeight = past === null ? 0 : TIME_AXIS_HEIGHT;
  const bottom = HEAD_HEIGHT + HEIGHT + axisHeight;
  const lines = [caption.colours, caption.source].flatMap((text) =>
    wrapText(drawOn, text, width - 2 * INSET, FONTS.small),
  );
  const [picture, context] = createCanvas(width, bottom + 2 * INSET + LINE_HEIGHT * lines.length);
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, picture.height);
  drawText(context, caption.contract, INSET, 16, FONTS.price, colours.fg1);
  drawText(context, caption.venue, width - INSET, 16, FONTS.sum, colours.fg2, 'right');
  drawText(context, caption.time, INSET, 34, FONTS.sum, colours.fg2);
  lines.forEach((line, i) =>
    drawText(context, line, INSET, bottom + INSET + (i + 0.5) * LINE_HEIGHT, FONTS.small, colours.fg2),
  );
  context.translate(0, HEAD_HEIGHT);
  context.fillStyle = colours.track;
  for (const y of [0, HEIGHT]) context.fillRect(0, y, width, 1);
  context.fillRect(paneWidth, 0, 1, HEIGHT);
  const ink = { ...mapColours(theme), ground: colours.ground, panel: colours.ground };
  drawGrid(context, window, { area }, ink);
  if (past !== null) {
    drawCandles(context, past.bars, window, area, ink);
    drawTimeLabels(context, window, area, ink);
  }
  const layout = {
    area,
    axisLeft: paneWidth,
    axisWidth: AXIS_WIDTH,
    profileLeft: width,
    profileWidth: 0,
    hasLabels: false,
  };
  drawPriceLabels(context, window, layout, caption.priceDigits, markPrice, ink);
  context.drawImage(band, 0, 0, paneWidth, HEIGHT);
  return picture;
}

function narrowWindow(markPrice: number): MapWindow {
  const middle = Math.log(markPrice);
  return { fromMs: 0, toMs: 0, lowLn: middle - REACH, highLn: middle + REACH };
}

/** The range up to now left of the labels, with the prices it reached. */
function pastWindow({ bars, rangeMs }: Past, { markPrice, asOfMs }: Profile, paneWidth: number): MapWindow {
  const fitted = fitWindow(bars, markPrice, asOfMs, rangeMs) ?? narrowWindow(markPrice);
  const fromMs = asOfMs - rangeMs;
  return { ...fitted, fromMs, toMs: fromMs + rangeMs * (paneWidth / PAST_WIDTH) };
}

function scaleOf(window: MapWindow, area: MapArea): PriceScale {
  return {
    height: HEIGHT,
    isInverted: false,
    topPrice: Math.exp(window.highLn),
    bottomPrice: Math.exp(window.lowLn),
    priceToY: (price) => priceToY(window, area, price) as MediaPx,
    yToPrice: (y) => yToPrice(window, area, y),
  };
}

/** In CSS pixels. */
function createCanvas(width: number, height: number): readonly [OffscreenCanvas, OffscreenCanvasRenderingContext2D] {
  const canvas = new OffscreenCanvas(width * RATIO, height * RATIO);
  const context = contextOf(canvas);
  context.scale(RATIO, RATIO);
  return [canvas, context];
}

/** Of one picture nothing is drawn twice. */
const DIRECT: Sprites = {
  isBehind: false,
  draw(target: Context, { ratioX, ratioY }, { paint }, x, y) {
    target.setTransform(ratioX, 0, 0, ratioY, Math.round(x * ratioX), Math.round(y * ratioY));
    paint(target);
    target.setTransform(ratioX, 0, 0, ratioY, 0, 0);
  },
};
