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
/** In the foot. */
const LEGEND_TOP = 25;
const LETTERS = { long: 'band.longLetter', short: 'band.shortLetter' } as const;

/** Head and foot: each side's sum to the pane's edge, drawn bins or not, and the legend. The sums change with the view. */
export function drawSums(context: Context, view: BandView, { head, foot, notes, legend }: LevelsView): void {
  const headHeight = HEAD_HEIGHT + notes.length * NOTE_HEIGHT;
  const footTop = view.height - footHeight(view.height, view.bandWidth);
  drawPlate(context, view, head, 0, headHeight, notes.join('\n'), (plate) =>
    notes.forEach((note, i) =>
      drawText(
        plate,
        note,
        6,
        HEAD_HEIGHT + 5 + i * NOTE_HEIGHT,
        FONTS.small,
        view.colours.fg2,
        'left',
        view.bandWidth - 13,
      ),
    ),
  );
  const range = legend === null ? '' : `${legend.loText} ${legend.hiText}`;
  drawPlate(context, view, foot, footTop, view.height - footTop, range, (plate) => {
    if (legend !== null) drawLegend(plate, view, legend);
  });
}

function drawPlate(
  context: Context,
  view: BandView,
  { positionSide, text }: SumView,
  top: number,
  height: number,
  below: string,
  paintBelow: (plate: Context) => void,
): void {
  const { bandWidth, colours, width } = view;
  const hasLetter = bandWidth >= LETTER_MIN_WIDTH;
  const paint = (plate: Context): void => {
    plate.globalAlpha = PLATE_ALPHA;
    plate.fillStyle = colours.ground;
    plate.fillRect(0, 0, bandWidth - 1, height);
    plate.globalAlpha = 1;
    if (hasLetter) drawText(plate, t(LETTERS[positionSide]), 6, 11.5, FONTS.sumStrong, colours[positionSide]);
    paintBelow(plate);
  };
  const sprite = { content: `${positionSide} ${height} ${below}`, width: bandWidth - 1, height, paint };
  const left = width - bandWidth + 1;
  view.sprites.draw(context, view, sprite, left, top);
  const sum = {
    ...sprite,
    content: positionSide + text,
    height: HEAD_HEIGHT,
    paint: (piece: Context): void => {
      const [right, colour] = hasLetter ? [7, colours.fg1] : [4, colours[positionSide]];
      drawText(piece, text, bandWidth - right, 11.5, FONTS.sumStrong, colour, 'right');
    },
  };
  view.sprites.draw(context, view, sum, left, top);
}

function drawLegend(
  plate: Context,
  { bandWidth, colours }: BandView,
  { image, height, loText, hiText }: LegendView,
): void {
  const width = bandWidth - 13;
  const half = width / 2 - 1;
  plate.imageSmoothingEnabled = false;
  plate.drawImage(image, 6, LEGEND_TOP, width, height);
  drawText(plate, loText, 6, LEGEND_TOP + 15, FONTS.small, colours.fg2, 'left', half);
  drawText(plate, hiText, 6 + width, LEGEND_TOP + 15, FONTS.small, colours.fg2, 'right', half);
}
