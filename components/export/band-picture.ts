import { priceTicks } from '@/lib/chart/map-ticks';
import { type MapWindow, priceToY, yToPrice } from '@/lib/chart/map-window';
import type { PriceScale } from '@/lib/chart/price-scale';
import { formatClusterPrice, formatPrice } from '@/lib/core/format';
import type { MediaPx } from '@/lib/core/units';
import type { Profile } from '@/lib/market/profile';
import type { BandDrawing } from '@/lib/render/band-drawing';
import { findBandStyles } from '@/lib/render/band-styles';
import { type Context, drawText, FONTS, wrapText } from '@/lib/render/draw-text';
import { sumsFromProfile } from '@/lib/render/profile-sums';
import type { Sprites } from '@/lib/render/sprites';
import type { Theme } from '@/lib/render/theme';
import type { BandSettings } from '@/lib/store/settings';

/** Device pixels per CSS pixel: sharp wherever it is passed on. */
const RATIO = 2;
/** CSS pixels. */
const LABELS_WIDTH = 124;
const AXIS_WIDTH = 76;
const HEIGHT = 560;
/** The last row of pixels is the lowest price's. */
const AREA = { width: 0, height: HEIGHT - 1 };
const INSET = 12;
const HEAD_HEIGHT = 48;
const LINE_HEIGHT = 15;
const FLAG_HEIGHT = 19;
/** Prices above and below the mark, in ln(price): as far as the popup's figures reach. */
const REACH = 0.1;

/** What is written beside a picture of the band. */
export interface BandCaption {
  readonly contract: string;
  /** Venue and kind of the contract. */
  readonly venue: string;
  readonly time: string;
  readonly source: string;
  readonly priceDigits: number;
}

/** The band's levels as they are drawn on charts, beside a price axis of their own: nothing of the user's own. */
export function bandPicture(
  { createLooks, createLevelsBuilder, createPicture, findLabels, drawBand }: BandDrawing,
  profile: Profile,
  settings: BandSettings,
  theme: Theme,
  caption: BandCaption,
): OffscreenCanvas {
  const looks = createLooks(document, { ...settings, theme }, null);
  const { colours } = looks;
  const { markPrice } = profile;
  const window = { fromMs: 0, toMs: 0, lowLn: Math.log(markPrice) - REACH, highLn: Math.log(markPrice) + REACH };
  const scale = scaleOf(window);
  const paneWidth = LABELS_WIDTH + settings.width;
  const width = paneWidth + AXIS_WIDTH;
  const [band, drawOn] = createCanvas(paneWidth, HEIGHT);
  const groups = findBandStyles()?.groupSumsFromProfile(profile) ?? null;
  const bars = looks.bars === null || groups === null ? null : { ...looks.bars, groups };
  const content = createLevelsBuilder().build({
    sums: sumsFromProfile(profile),
    labels: findLabels(profile),
    ownLevels: [],
    scale,
    height: HEIGHT,
    bandWidth: settings.width,
    ratioY: RATIO,
    hasMargin: true,
    picture: createPicture(document, bars === null ? 1 : settings.width * RATIO, HEIGHT * RATIO),
    tables: looks.tables,
    legendImage: looks.legendImage,
    bars,
    choices: settings,
    priceDigits: caption.priceDigits,
    notes: [],
    pointerY: null,
  });
  drawBand(drawOn, {
    width: paneWidth,
    height: HEIGHT,
    ratioX: RATIO,
    ratioY: RATIO,
    bandWidth: settings.width,
    colours,
    sprites: DIRECT,
    hasMargin: true,
    backdrop: null,
    content,
  });

  const lines = wrapText(drawOn, caption.source, width - 2 * INSET, FONTS.small);
  const [picture, context] = createCanvas(width, HEAD_HEIGHT + HEIGHT + 2 * INSET + LINE_HEIGHT * lines.length);
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, picture.height);
  drawText(context, caption.contract, INSET, 16, FONTS.price, colours.fg1);
  drawText(context, caption.venue, width - INSET, 16, FONTS.sum, colours.fg2, 'right');
  drawText(context, caption.time, INSET, 34, FONTS.sum, colours.fg2);
  lines.forEach((line, i) => {
    const y = HEAD_HEIGHT + HEIGHT + INSET + (i + 0.5) * LINE_HEIGHT;
    drawText(context, line, INSET, y, FONTS.small, colours.fg2);
  });
  context.translate(0, HEAD_HEIGHT);
  context.fillStyle = colours.track;
  for (const y of [0, HEIGHT]) context.fillRect(0, y, width, 1);
  context.fillRect(paneWidth, 0, 1, HEIGHT);
  const markY = Math.round(scale.priceToY(markPrice));
  for (const price of priceTicks(window, AREA)) {
    const y = Math.round(scale.priceToY(price));
    if (y < FLAG_HEIGHT / 2 || y > HEIGHT - FLAG_HEIGHT / 2) continue;
    context.fillStyle = colours.wash;
    context.fillRect(0, y, paneWidth, 1);
    if (Math.abs(y - markY) < FLAG_HEIGHT) continue;
    drawText(context, formatClusterPrice(price, caption.priceDigits), width - 8, y, FONTS.sum, colours.fg2, 'right');
  }
  context.fillStyle = colours.fg2;
  for (let x = 0; x < paneWidth; x += 3) context.fillRect(x, markY, 1, 1);
  context.drawImage(band, 0, 0, paneWidth, HEIGHT);
  context.fillStyle = colours.fg1;
  context.fillRect(paneWidth + 1, markY - 9, AXIS_WIDTH - 1, FLAG_HEIGHT);
  const mark = formatPrice(markPrice, caption.priceDigits);
  drawText(context, mark, width - 8, markY + 0.5, FONTS.sumStrong, colours.onFg1, 'right', AXIS_WIDTH - 12);
  return picture;
}

function scaleOf(window: MapWindow): PriceScale {
  return {
    height: HEIGHT,
    isInverted: false,
    topPrice: Math.exp(window.highLn),
    bottomPrice: Math.exp(window.lowLn),
    priceToY: (price) => priceToY(window, AREA, price) as MediaPx,
    yToPrice: (y) => yToPrice(window, AREA, y),
  };
}

/** In CSS pixels. */
function createCanvas(width: number, height: number): readonly [OffscreenCanvas, OffscreenCanvasRenderingContext2D] {
  const canvas = new OffscreenCanvas(width * RATIO, height * RATIO);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('canvas has no 2d context');
  context.scale(RATIO, RATIO);
  return [canvas, context];
}

/** Of one picture nothing is drawn twice. */
const DIRECT: Sprites = {
  draw(target: Context, { ratioX, ratioY }, { paint }, x, y) {
    target.setTransform(ratioX, 0, 0, ratioY, Math.round(x * ratioX), Math.round(y * ratioY));
    paint(target);
    target.setTransform(ratioX, 0, 0, ratioY, 0, 0);
  },
};
