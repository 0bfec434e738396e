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
const LETTERS = { long: 'band.longLetter', short: 'band.shortLetter' } as const;

/** Head and foot: each side's sum to the pane's edge, drawn bins or not, and the legend. */
export function drawSums(context: Context, view: BandView, levels: LevelsView): void {
  const left = view.width - view.bandWidth;
  const foot = footHeight(view.height, view.bandWidth);
  const head = HEAD_HEIGHT + levels.notes.length * NOTE_HEIGHT;
  context.globalAlpha = PLATE_ALPHA;
  context.fillStyle = view.colours.ground;
  context.fillRect(left + 1, 0, view.bandWidth - 1, head);
  context.fillRect(left + 1, view.height - foot, view.bandWidth - 1, foot);
  context.globalAlpha = 1;
  drawSum(context, view, levels.head, 11.5);
  drawSum(context, view, levels.foot, view.height - foot + 11.5);
  if (levels.notes.length > 0) drawNotes(context, view, levels.notes);
  if (levels.legend !== null) drawLegend(context, view, levels.legend);
}

function drawSum(context: Context, view: BandView, sum: SumView, y: number): void {
  const { colours } = view;
  const hasLetter = view.bandWidth >= LETTER_MIN_WIDTH;
  if (hasLetter) {
    drawText(
      context,
      t(LETTERS[sum.positionSide]),
      view.width - view.bandWidth + 7,
      y,
      FONTS.sumStrong,
      colours[sum.positionSide],
    );
  }
  const colour = hasLetter ? colours.fg1 : colours[sum.positionSide];
  drawText(context, sum.text, view.width - (hasLetter ? 6 : 3), y, FONTS.sumStrong, colour, 'right');
}

function drawNotes(context: Context, view: BandView, notes: readonly string[]): void {
  const width = view.bandWidth - 13;
  const paint = (sprite: Context): void =>
    notes.forEach((note, i) =>
      drawText(sprite, note, 0, 5 + i * NOTE_HEIGHT, FONTS.small, view.colours.fg2, 'left', width),
    );
  const sprite = { content: notes.join('\n'), width, height: notes.length * NOTE_HEIGHT, paint };
  view.sprites.draw(context, view, sprite, view.width - view.bandWidth + 7, HEAD_HEIGHT);
}

function drawLegend(context: Context, view: BandView, { image, height, loText, hiText }: LegendView): void {
  const width = view.bandWidth - 13;
  const half = width / 2 - 1;
  const paint = (sprite: Context): void => {
    sprite.imageSmoothingEnabled = false;
    sprite.drawImage(image, 0, 0, width, height);
    drawText(sprite, loText, 0, 15, FONTS.small, view.colours.fg2, 'left', half);
    drawText(sprite, hiText, width, 15, FONTS.small, view.colours.fg2, 'right', half);
  };
  const legend = { content: `${loText} ${hiText}`, width, height: 22, paint };
  view.sprites.draw(context, view, legend, view.width - view.bandWidth + 7, view.height - 25);
}
