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
  const { id, positionSide, usdText, distanceText } = label;
  const { colours, sprites } = view;
  const paint = (sprite: Context): void => {
    const colour = colours[positionSide];
    const middle = FLAG_HEIGHT / 2 + 0.5;
    fillRoundRect(sprite, 0, 0, FLAG_WIDTH, FLAG_HEIGHT, 3, colours.chip, colours.chipLine);
    sprite.fillStyle = colour;
    sprite.fillRect(FLAG_WIDTH, FLAG_HEIGHT / 2 - 1, FLAG_GAP - 1, 2);
    sprite.fillRect(FLAG_WIDTH - 2, 3, 2, FLAG_HEIGHT - 6);
    drawText(sprite, usdText, 7, middle, FONTS.labelStrong, colours.fg1, 'left', USD_WIDTH);
    drawText(sprite, distanceText, FLAG_WIDTH - 8, middle, FONTS.label, colour, 'right', DISTANCE_WIDTH);
  };
  const content = usdText + distanceText;
  const left = view.width - view.bandWidth - FLAG_GAP - FLAG_WIDTH;
  const flag = { name: id, content, width: FLAG_WIDTH + FLAG_GAP, height: FLAG_HEIGHT, paint };
  sprites.draw(context, view, flag, left, Math.round(y) - FLAG_HEIGHT / 2);
}

/** The short form, inside the band, where the chart has no right margin: USD only. */
function drawChip(context: Context, view: BandView, { label, y }: PlacedLabel): void {
  const { id, positionSide, usdText } = label;
  const { colours } = view;
  const room = view.bandWidth - CHIP_INSET;
  const paint = (sprite: Context): void => {
    sprite.font = FONTS.sumStrong;
    const width = Math.min(sprite.measureText(usdText).width + 13, room);
    fillRoundRect(sprite, 0, 0, width, CHIP_HEIGHT, 3, colours.chip, null);
    sprite.fillStyle = colours[positionSide];
    sprite.fillRect(0, 3, 2, CHIP_HEIGHT - 6);
    drawText(sprite, usdText, 7, CHIP_HEIGHT / 2 + 0.5, FONTS.sumStrong, colours.fg1);
  };
  const chip = { name: id, content: usdText, width: room, height: CHIP_HEIGHT, paint };
  view.sprites.draw(context, view, chip, view.width - room, Math.round(y) - CHIP_HEIGHT / 2);
}
