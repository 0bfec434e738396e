import { t } from '@/lib/i18n/words';

import {
  footHeight,
  HEAD_HEIGHT,
  NOTE_HEIGHT,
  type BandView,
  type LegendView,
  type LevelsView,
  type SumView,
} from './band-view';
import { drawText, FONTS, type Context } from './draw-text';

const PLATE_ALPHA = 0.96;
/** A narrower band has no room for the side's letter; its place and colour still tell it. */
const LETTER_MIN_WIDTH = 60;
/** From a plate's top and sides. */
const SUM_Y = 11.5;
const INSET = 6;
const LEGEND_TOP = 25;
const LEGEND_TEXT_Y = LEGEND_TOP + 15;
/** Larger than any sign, and room left of it for what hangs over. */
const CELL = 18;
const OVERHANG = 2;
const LETTERS = { long: 'band.longLetter', short: 'band.shortLetter' } as const;

/** Head and foot: each side's sum to the pane's edge, drawn bins or not, and the legend. The sums change with the view. */
export function drawSums(context: Context, view: BandView, { head, foot, notes, legend }: LevelsView): void {
  const footTop = view.height - footHeight(view.height, view.bandWidth);
  drawPlate(context, view, head, 0, HEAD_HEIGHT + notes.length * NOTE_HEIGHT, notes, null);
  drawPlate(context, view, foot, footTop, view.height - footTop, [], legend);
}

function drawPlate(
  context: Context,
  view: BandView,
  { positionSide, text }: SumView,
  top: number,
  height: number,
  notes: readonly string[],
  legend: LegendView | null,
): void {
  const { bandWidth, colours, sprites } = view;
  const left = view.width - bandWidth + 1;
  const width = bandWidth - 1;
  const hasLetter = bandWidth >= LETTER_MIN_WIDTH;
  const paint = (plate: Context): void => {
    plate.globalAlpha = PLATE_ALPHA;
    plate.fillStyle = colours.ground;
    plate.fillRect(0, 0, width, height);
    plate.globalAlpha = 1;
    if (hasLetter) drawText(plate, t(LETTERS[positionSide]), INSET, SUM_Y, FONTS.sumStrong, colours[positionSide]);
    const small = (line: string, x: number, y: number, align?: 'right', room = width - 2 * INSET): void =>
      drawText(plate, line, x, y, FONTS.small, colours.fg2, align, room);
    notes.forEach((note, i) => small(note, INSET, HEAD_HEIGHT + 5 + i * NOTE_HEIGHT));
    if (legend === null) return;
    plate.imageSmoothingEnabled = false;
    plate.drawImage(legend.image, INSET, LEGEND_TOP, width - 2 * INSET, legend.height);
    small(legend.loText, INSET, LEGEND_TEXT_Y, undefined, width / 2 - INSET - 1);
    small(legend.hiText, width - INSET, LEGEND_TEXT_Y, 'right', width / 2 - INSET - 1);
  };
  const content = [height, notes, legend?.loText, legend?.hiText].join();
  sprites.draw(context, view, { name: positionSide, content, width, height, paint }, left, top);
  const [inset, colour] = hasLetter ? [INSET, colours.fg1] : [3, colours[positionSide]];
  drawFigure(context, view, text, view.width - inset, top + SUM_Y, colour);
}

const signWidths = new Map<string, number>();

/** A figure changes with every frame of a moving chart: sign by sign it costs a third of having it laid out as text. */
function drawFigure(context: Context, view: BandView, text: string, right: number, y: number, colour: string): void {
  let x = right - OVERHANG;
  for (let i = text.length - 1; i >= 0; i--) {
    const sign = text[i];
    if (!signWidths.has(sign)) {
      context.font = FONTS.sumStrong;
      signWidths.set(sign, context.measureText(sign).width);
    }
    x -= signWidths.get(sign) ?? 0;
    const paint = (cell: Context): void => drawText(cell, sign, OVERHANG, CELL / 2, FONTS.sumStrong, colour);
    view.sprites.draw(
      context,
      view,
      { name: sign + colour, content: sign, width: CELL, height: CELL, paint },
      x,
      y - CELL / 2,
    );
  }
}
