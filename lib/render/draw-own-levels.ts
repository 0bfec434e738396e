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
    if (level.hasTag) drawTag(context, view, level);
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

/** Beside the band the whole of it; where the pane has no room for that, the distance alone, inside. */
function drawTag(context: Context, view: BandView, { y, label, figures, shortText }: OwnLevelView): void {
  const { fg1, onFg1 } = view.colours;
  const top = Math.round(y);
  const inside = view.width - view.bandWidth;
  const labelWidth = widthOf(context, `${label}  `, FONTS.sum);
  const width = labelWidth + widthOf(context, figures, FONTS.sumStrong) + 2 * TAG_INSET;
  const left = inside - FLAG_GAP - width;
  if (view.hasMargin && left > 0) {
    fillRoundRect(context, left, top - 9, width, TAG_HEIGHT, 3, fg1, null);
    drawText(context, label, left + TAG_INSET, top + 0.5, FONTS.sum, onFg1);
    drawText(context, figures, left + TAG_INSET + labelWidth, top + 0.5, FONTS.sumStrong, onFg1);
    return;
  }
  const chipWidth = Math.min(view.bandWidth - 2 * CHIP_INSET, widthOf(context, shortText, FONTS.sumStrong) + 12);
  fillRoundRect(context, inside + CHIP_INSET, top - 8, chipWidth, 17, 3, fg1, null);
  drawText(context, shortText, inside + CHIP_INSET + 6, top + 0.5, FONTS.sumStrong, onFg1, 'left', chipWidth - 12);
}

function widthOf(context: Context, text: string, font: string): number {
  context.font = font;
  return context.measureText(text).width;
}
