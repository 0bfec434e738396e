import { FLAG_GAP, type BandView, type OwnLevelView } from './band-view';
import { drawText, fillRoundRect, FONTS, type Context } from './draw-text';

const DASH = [4, 3];
const TAG_HEIGHT = 19;
const TAG_INSET = 7;
/** Of a tag inside the band. */
const CHIP_INSET = 5;
/** How far the line reaches out of a band whose tags lie inside. */
const STUB = 10;

/** The user's own liquidation levels: a dashed line across the band and an inverted tag, so that no cluster looks alike. */
export function drawOwnLevels(context: Context, view: BandView, levels: readonly OwnLevelView[]): void {
  for (const level of levels) {
    drawLine(context, view, level.y);
    if (level.hasTag) (view.hasMargin ? drawTag : drawChip)(context, view, level);
  }
}

function drawLine(context: Context, view: BandView, y: number): void {
  const snapped = (Math.floor(y * view.ratioY) + 0.5) / view.ratioY;
  context.beginPath();
  context.moveTo(view.width - view.bandWidth - (view.hasMargin ? FLAG_GAP : STUB), snapped);
  context.lineTo(view.width, snapped);
  context.setLineDash(DASH);
  context.lineWidth = 1;
  context.strokeStyle = view.colours.fg1;
  context.stroke();
  context.setLineDash([]);
}

function drawTag(context: Context, view: BandView, { y, label, figures }: OwnLevelView): void {
  const labelWidth = widthOf(context, `${label}  `, FONTS.sum);
  const width = labelWidth + widthOf(context, figures, FONTS.sumStrong) + 2 * TAG_INSET;
  const left = Math.max(1, view.width - view.bandWidth - FLAG_GAP - width);
  const middle = Math.round(y) + 0.5;
  fillRoundRect(context, left, Math.round(y) - 9, width, TAG_HEIGHT, 3, view.colours.fg1, null);
  drawText(context, label, left + TAG_INSET, middle, FONTS.sum, view.colours.onFg1);
  drawText(context, figures, left + TAG_INSET + labelWidth, middle, FONTS.sumStrong, view.colours.onFg1);
}

/** The short form, inside the band: the distance alone. */
function drawChip(context: Context, view: BandView, { y, shortText }: OwnLevelView): void {
  const room = view.bandWidth - 2 * CHIP_INSET;
  const width = Math.min(room, widthOf(context, shortText, FONTS.sumStrong) + 12);
  const left = view.width - view.bandWidth + CHIP_INSET;
  fillRoundRect(context, left, Math.round(y) - 8, width, 17, 3, view.colours.fg1, null);
  const { onFg1 } = view.colours;
  drawText(context, shortText, left + 6, Math.round(y) + 0.5, FONTS.sumStrong, onFg1, 'left', width - 12);
}

function widthOf(context: Context, text: string, font: string): number {
  context.font = font;
  return context.measureText(text).width;
}
