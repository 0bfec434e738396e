import { priceToY, type MapWindow } from '@/lib/chart/map-window';
import { formatClusterPrice, formatDistance } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { OwnLevel } from '@/lib/market/own-position';
import { type Context, drawText, fillRoundRect, FONTS } from '@/lib/render/draw-text';

import { drawPriceFlag } from './draw-axes';
import type { MapColours } from './map-colours';
import type { MapLayout } from './map-layout';

const DASH = [4, 3];
/** CSS pixels. */
const TAG_HEIGHT = 18;
const TAG_INSET = 6;

/** The user's own liquidation levels: dashed lines over everything, told apart from clusters by their inverted flags and named on a ground of their own. */
export function drawOwnLevels(
  context: Context,
  window: MapWindow,
  layout: MapLayout,
  levels: readonly OwnLevel[],
  priceDigits: number,
  colours: MapColours,
): void {
  const { area, profileLeft, profileWidth } = layout;
  /** Middles of the tags. */
  const taken: number[] = [];
  for (const { price, positionSide, distance } of levels) {
    const y = Math.round(priceToY(window, area, price)) + 0.5;
    if (!(y > 0 && y < area.height)) continue;
    context.setLineDash(DASH);
    context.strokeStyle = colours.fg1;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(profileLeft + profileWidth, y);
    context.stroke();
    context.setLineDash([]);
    const text = `${t(`band.own.${positionSide}`)} ${formatDistance(distance, 2)}`;
    // Above its line, below it where another one's tag stands there.
    const above = y - TAG_HEIGHT / 2 - 1;
    const isFree = above > TAG_HEIGHT / 2 && taken.every((each) => Math.abs(each - above) >= TAG_HEIGHT);
    const middle = isFree ? above : y + TAG_HEIGHT / 2 + 1;
    taken.push(middle);
    context.font = FONTS.sumStrong;
    const width = context.measureText(text).width + 2 * TAG_INSET;
    fillRoundRect(context, area.width - 4 - width, middle - TAG_HEIGHT / 2, width, TAG_HEIGHT, 3, colours.chip, null);
    drawText(context, text, area.width - 4 - TAG_INSET, middle + 0.5, FONTS.sumStrong, colours.fg1, 'right');
    drawPriceFlag(context, formatClusterPrice(price, priceDigits), y, layout, colours.fg1, colours.panel);
  }
}
