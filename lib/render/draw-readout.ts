import { formatShare } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';

import { FLAG_GAP, FLAG_WIDTH, READOUT_WIDTH, type BandView, type ReadoutView } from './band-view';
import { AROUND } from './build-levels';
import { drawText, fillRoundRect, FONTS, type Context } from './draw-text';

const HEIGHT = 106;
const NOTE_ROW = 16;
const NOTES_PADDING = 4;
const EDGE = 8;

/** The card at the pointer's height: price, distance, both sides around it, the sum from the market to there. */
export function drawReadout(context: Context, view: BandView, readout: ReadoutView): void {
  const { colours } = view;
  const inner = view.width - view.bandWidth;
  const height = HEIGHT + (readout.notes.length === 0 ? 0 : readout.notes.length * NOTE_ROW + NOTES_PADDING);
  const gap = view.hasMargin ? FLAG_GAP + FLAG_WIDTH + 9 : 10;
  const left = Math.max(1, inner - READOUT_WIDTH - gap);
  const top = Math.max(EDGE, Math.min(view.height - height - EDGE, Math.round(readout.y - height / 2)));
  const right = left + READOUT_WIDTH - 12;

  drawPointerLine(context, view, readout.y);
  context.save();
  context.shadowColor = colours.shadow;
  context.shadowBlur = 16 * view.ratioX;
  context.shadowOffsetY = 4 * view.ratioY;
  fillRoundRect(context, left, top, READOUT_WIDTH, height, 6, colours.card, null);
  context.restore();
  fillRoundRect(context, left, top, READOUT_WIDTH, height, 6, colours.card, colours.chipLine);

  drawText(context, readout.priceText, left + 12, top + 19, FONTS.price, colours.fg1);
  drawText(context, readout.distanceText, right, top + 19.5, FONTS.figure, colours[readout.positionSide], 'right');
  context.fillStyle = colours.chipLine;
  context.fillRect(left + 12, top + 34, READOUT_WIDTH - 24, 1);

  const reach = formatShare(AROUND);
  const row = (name: string, figure: string, y: number, mark: string | null): void => {
    if (mark !== null) {
      context.fillStyle = mark;
      context.fillRect(left + 12, top + y - 4, 3, 9);
    }
    drawText(context, name, left + (mark === null ? 12 : 20), top + y + 0.5, FONTS.label, colours.fg2);
    drawText(context, figure, right, top + y + 0.5, FONTS.figure, colours.fg1, 'right');
  };
  row(t('band.longsNear', { reach }), readout.longText, 49, colours.long);
  row(t('band.shortsNear', { reach }), readout.shortText, 69, colours.short);
  row(t('band.toHere'), readout.sumText, 89, null);
  readout.notes.forEach((note, i) => {
    drawText(context, note, left + 12, top + 109 + i * NOTE_ROW, FONTS.small, colours.fg2, 'left', READOUT_WIDTH - 24);
  });
}

function drawPointerLine(context: Context, view: BandView, y: number): void {
  const snapped = (Math.floor(y * view.ratioY) + 0.5) / view.ratioY;
  context.beginPath();
  context.moveTo(view.width - view.bandWidth, snapped);
  context.lineTo(view.width, snapped);
  context.setLineDash([3, 3]);
  context.lineWidth = 1;
  context.strokeStyle = view.colours.crosshair;
  context.stroke();
  context.setLineDash([]);
}
