import { FLAG_GAP, FLAG_WIDTH, type BandView } from './band-view';
import { drawText, fillRoundRect, FONTS, type Context } from './draw-text';
import type { PlacedLabel } from './place-labels';

const FLAG_HEIGHT = 18;
const USD_WIDTH = 38;
const DISTANCE_WIDTH = 34;
const CHIP_HEIGHT = 16;
const CHIP_INSET = 5;

export function drawLabels(context: Context, view: BandView, labels: readonly PlacedLabel[]): void {
  for (const placed of labels) {
    if (view.hasMargin) drawFlag(context, view, placed);
    else drawChip(context, view, placed);
  }
}

/** A flag that hangs from the band's inner edge into the chart's right margin, its pointer at the level. */
function drawFlag(context: Context, view: BandView, { label, y }: PlacedLabel): void {
  const { colours } = view;
  const colour = colours[label.positionSide];
  const right = view.width - view.bandWidth - FLAG_GAP;
  const left = right - FLAG_WIDTH;
  const top = Math.round(y - FLAG_HEIGHT / 2);
  const middle = top + FLAG_HEIGHT / 2 + 0.5;
  fillRoundRect(context, left, top, FLAG_WIDTH, FLAG_HEIGHT, 3, colours.chip, colours.chipLine);
  context.fillStyle = colour;
  context.fillRect(right, Math.round(y) - 1, FLAG_GAP - 1, 2);
  context.fillRect(right - 2, top + 3, 2, FLAG_HEIGHT - 6);
  drawText(context, label.usdText, left + 7, middle, FONTS.labelStrong, colours.fg1, 'left', USD_WIDTH);
  drawText(context, label.distanceText, right - 8, middle, FONTS.label, colour, 'right', DISTANCE_WIDTH);
}

/** The short form, inside the band, where the chart has no right margin: USD only. */
function drawChip(context: Context, view: BandView, { label, y }: PlacedLabel): void {
  const { colours } = view;
  const left = view.width - view.bandWidth + CHIP_INSET;
  const top = Math.round(y - CHIP_HEIGHT / 2);
  context.font = FONTS.sumStrong;
  const width = Math.min(context.measureText(label.usdText).width + 13, view.bandWidth - CHIP_INSET);
  fillRoundRect(context, left, top, width, CHIP_HEIGHT, 3, colours.chip, null);
  context.fillStyle = colours[label.positionSide];
  context.fillRect(left, top + 3, 2, CHIP_HEIGHT - 6);
  drawText(context, label.usdText, left + 7, top + CHIP_HEIGHT / 2 + 0.5, FONTS.sumStrong, colours.fg1);
}
