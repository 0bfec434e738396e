import { lnToY, type MapArea, type MapWindow } from '@/lib/chart/map-window';
import { formatShare } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import { venueIdOf } from '@/lib/market/contract';
import { knownShare, type ObservedLayer } from '@/lib/market/observed';
import { venueName } from '@/lib/market/venue-facts';
import { type Context, drawText, fillRoundRect, FONTS } from '@/lib/render/draw-text';

import type { MapColours } from './map-colours';
import type { MapLayout } from './map-layout';

/** CSS pixels. */
const ROW = 3;
const MARK = 2;
/** How far the longest mark reaches into the profile. */
const REACH = 0.42;
const LEGEND_Y = 50;
const LEGEND_HEIGHT = 18;
/** Where the legend ends. */
export const KNOWN_BOTTOM = LEGEND_Y + LEGEND_HEIGHT + 2;

/**
 * Levels that public accounts are known to have, as marks from the profile's right edge inwards: on a scale of their own, as they are
 * one venue's, and as far from this mark as from their own.
 */
export function drawKnown(
  context: Context,
  known: ObservedLayer,
  markPrice: number,
  window: MapWindow,
  { area, profileLeft, profileWidth, hasLabels }: MapLayout,
  colours: MapColours,
): void {
  const rows = rowsOf(known, markPrice, window, area);
  const most = Math.max(...[...rows.values()].map(({ long, short }) => long + short));
  const right = profileLeft + profileWidth;
  for (const [row, { long, short }] of rows) {
    const width = Math.max(2, ((long + short) / most) * REACH * profileWidth);
    context.fillStyle = colours.panel;
    context.fillRect(right - width - 1, row * ROW - 1, width + 1, MARK + 2);
    context.fillStyle = long > short ? colours.long : colours.short;
    context.fillRect(right - width, row * ROW, width, MARK);
  }
  const [venue, share] = [venueName(venueIdOf(known.contractId)), formatShare(knownShare(known))];
  // Squeezed into a narrow profile no sentence could be read.
  const text = hasLabels ? t('map.knownScale', { venue, share }) : `${venue} ${share}`;
  fillRoundRect(context, profileLeft + 6, LEGEND_Y, profileWidth - 8, LEGEND_HEIGHT, 4, colours.chip, null);
  drawText(context, text, right - 10, LEGEND_Y + LEGEND_HEIGHT / 2, FONTS.sum, colours.fg2, 'right', profileWidth - 24);
}

/** USD by row of pixels, of those in view. */
function rowsOf({ levels }: ObservedLayer, markPrice: number, window: MapWindow, area: MapArea) {
  const { binWidth, offsets, long, short } = levels;
  const markBin = Math.floor(Math.log(markPrice) / binWidth);
  const rows = new Map<number, { long: number; short: number }>();
  offsets.forEach((offset, i) => {
    const y = lnToY(window, area, (markBin + offset + 0.5) * binWidth);
    if (y < 0 || y > area.height) return;
    const row = Math.floor(y / ROW);
    const sum = rows.get(row) ?? { long: 0, short: 0 };
    rows.set(row, { long: sum.long + long[i], short: sum.short + short[i] });
  });
  return rows;
}
