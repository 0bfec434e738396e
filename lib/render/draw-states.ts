import { t } from '@/lib/i18n/words';
import type { HiddenReason } from '@/lib/market/chart-symbol';

import { footHeight, type BandView } from './band-view';
import { drawNeutralRail } from './draw-rail';
import { drawText, fillRoundRect, FONTS, wrapText, type Context } from './draw-text';
import { HIDDEN_LOOKS, type HiddenLook } from './hidden-looks';

const LINE = 15;
const LOADING_HEIGHT = 58;
const TAB_WIDTH = 22;
const TAB_HEIGHT = 26;
const TAB_FOOT = 8;
const CARD_WIDTH = 168;

/** History is being read: how much of it is there. No levels, because half a map misleads. */
export function drawLoading(context: Context, view: BandView, daysDone: number, daysTotal: number): void {
  const { colours } = view;
  const left = view.width - view.bandWidth;
  const track = view.bandWidth - 16;
  // Whatever the chart writes there must not run through the words.
  context.fillStyle = colours.ground;
  context.fillRect(left, 0, view.bandWidth, LOADING_HEIGHT);
  drawWash(context, view);
  drawNeutralRail(context, view);
  drawText(context, t('band.filling'), left + 8, 16, FONTS.sumStrong, colours.fg1);
  context.fillStyle = colours.track;
  context.fillRect(left + 8, 30, track, 3);
  context.fillStyle = colours.fg1;
  context.fillRect(left + 8, 30, track * (daysTotal > 0 ? Math.min(1, daysDone / daysTotal) : 0), 3);
  drawText(
    context,
    t('band.filled', { done: Math.floor(daysDone), total: Math.ceil(daysTotal) }),
    left + 8,
    46,
    FONTS.sum,
    colours.fg2,
  );
}

/** Says which threshold emptied the view. */
export function drawEmpty(context: Context, view: BandView, text: string): void {
  const left = view.width - view.bandWidth + 8;
  const bottom = view.height - footHeight(view.height, view.bandWidth);
  drawWash(context, view);
  drawText(context, t('band.nothing'), left, bottom - 44, FONTS.sumStrong, view.colours.fg1);
  drawText(context, text, left, bottom - 29, FONTS.sum, view.colours.fg2);
  drawText(context, t('band.inView'), left, bottom - 14, FONTS.sum, view.colours.fg2);
}

/** The head of a band whose data is late: a diamond, the word and the age. */
export function drawLate(context: Context, view: BandView, ageText: string): void {
  const left = view.width - view.bandWidth;
  drawNeutralRail(context, view);
  context.fillStyle = view.colours.chip;
  context.fillRect(left + 1, 0, view.bandWidth - 1, 38);
  drawText(context, '\u25c6', left + 7, 13.5, FONTS.sumStrong, view.colours.warn);
  drawText(context, t('band.late'), left + 21, 13.5, FONTS.sumStrong, view.colours.fg1);
  drawText(context, ageText, left + 8, 28.5, FONTS.sum, view.colours.fg2);
}

/** Nothing but a tab at the pane's foot and, for a while or under the pointer, the reason beside it. */
export function drawHidden(context: Context, view: BandView, reason: HiddenReason, isCardShown: boolean): void {
  const hidden = HIDDEN_LOOKS[reason];
  if (hidden === undefined) return;
  const { colours } = view;
  const left = view.width - TAB_WIDTH;
  const top = view.height - TAB_HEIGHT - TAB_FOOT;
  fillRoundRect(context, left, top, TAB_WIDTH + 1, TAB_HEIGHT, [4, 0, 0, 4], colours.tab, colours.tabLine);
  drawIcon(context, view, hidden.icon, left + TAB_WIDTH / 2, top + TAB_HEIGHT / 2);
  if (isCardShown) drawCard(context, view, hidden, left - 4);
}

/** Whether a point of the band, in CSS pixels of its canvas, lies on the tab. */
export const isOnTab = (view: Pick<BandView, 'width' | 'height'>, x: number, y: number): boolean =>
  x >= view.width - TAB_WIDTH && y >= view.height - TAB_HEIGHT - TAB_FOOT && y <= view.height - TAB_FOOT;

function drawCard(context: Context, view: BandView, { title = 'band.hidden', text }: HiddenLook, right: number): void {
  const { colours } = view;
  const width = Math.min(CARD_WIDTH, right - 1);
  const lines = wrapText(context, t(text), width - 18, FONTS.sum);
  const height = 24 + lines.length * LINE;
  const left = right - width;
  const top = Math.max(0, view.height - TAB_FOOT - height);
  fillRoundRect(context, left, top, width, height, 5, colours.card, colours.chipLine);
  drawText(context, t(title), left + 9, top + 13, FONTS.sumStrong, colours.fg1);
  lines.forEach((line, i) => drawText(context, line, left + 9, top + 28 + i * LINE, FONTS.sum, colours.fg2));
}

function drawWash(context: Context, view: BandView): void {
  context.fillStyle = view.colours.wash;
  context.fillRect(view.width - view.bandWidth, 0, view.bandWidth, view.height);
}

function drawIcon(context: Context, view: BandView, icon: HiddenLook['icon'], x: number, y: number): void {
  const { colours } = view;
  context.strokeStyle = icon === 'eye' ? colours.fg2 : icon === 'bar' ? colours.bad : colours.warn;
  context.fillStyle = context.strokeStyle;
  context.lineWidth = 1.4;
  context.beginPath();
  if (icon === 'eye') {
    context.ellipse(x, y, 5.5, 3.5, 0, 0, 2 * Math.PI);
    context.moveTo(x - 5, y + 5);
    context.lineTo(x + 5, y - 5);
  } else if (icon === 'bar') {
    context.arc(x, y, 5, 0, 2 * Math.PI);
    context.moveTo(x - 3.5, y + 3.5);
    context.lineTo(x + 3.5, y - 3.5);
  } else {
    context.moveTo(x, y - 5);
    context.lineTo(x + 5.5, y + 4.5);
    context.lineTo(x - 5.5, y + 4.5);
    context.closePath();
    context.fillRect(x - 0.7, y - 1.8, 1.4, 3.4);
    context.fillRect(x - 0.7, y + 2.4, 1.4, 1.3);
  }
  context.stroke();
}
