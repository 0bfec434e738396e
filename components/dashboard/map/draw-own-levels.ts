import { priceToY, type MapWindow } from '@/lib/chart/map-window';
import { formatClusterPrice, formatDistance } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { OwnLevel } from '@/lib/market/own-position';
import { type Context, drawText, FONTS } from '@/lib/render/draw-text';

import { drawPriceFlag } from './draw-axes';
import type { MapColours } from './map-colours';
import type { MapLayout } from './map-layout';

const DASH = [4, 3];

/** The user's own liquidation levels: dashed lines over everything, told apart from clusters by their inverted flags. */
export function drawOwnLevels(
  context: Context,
  window: MapWindow,
  layout: MapLayout,
  levels: readonly OwnLevel[],
  priceDigits: number,
  colours: MapColours,
): void {
  const { area, profileLeft, profileWidth } = layout;
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
    drawText(context, text, area.width - 8, y - 8, FONTS.sumStrong, colours.fg1, 'right');
    drawPriceFlag(context, formatClusterPrice(price, priceDigits), y, layout, colours.fg1, colours.panel);
  }
}
