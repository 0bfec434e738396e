import { lnToY, priceToY, type MapWindow, yToPrice } from '@/lib/chart/map-window';
import { formatDistance, formatUsd, formatUsdShort } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import { findClusters } from '@/lib/market/clusters';
import type { Profile } from '@/lib/market/profile';
import type { Cluster } from '@/lib/market/summary';
import { BINS_PER_CELL } from '@/lib/model/history';
import { LEVERAGE_GROUPS } from '@/lib/model/profile-from-book';
import { type Context, drawText, fillRoundRect, FONTS } from '@/lib/render/draw-text';
import { type ProfileSums, usdToPrice } from '@/lib/render/profile-sums';

import type { MapColours } from './map-colours';
import { type MapLayout, TIME_AXIS_HEIGHT } from './map-layout';
import { barParts } from './profile-bars';

/** CSS pixels. */
const LEAST_ROW = 2;
const LABEL_HALF = 10;
const CORNER_HEIGHT = 44;
const LABEL_LEFT = 104;
const LABELS_PER_SIDE = 4;
const KEY_MARK = 5;

const SIDES = ['long', 'short'] as const;

/** The live map on the same axis as the heat: bars by side and leverage, and what a move would close in all. */
export function drawProfile(
  context: Context,
  sums: ProfileSums,
  window: MapWindow,
  layout: MapLayout,
  colours: MapColours,
): void {
  const { area, profileLeft, profileWidth } = layout;
  context.save();
  context.beginPath();
  context.rect(profileLeft + 1, 0, profileWidth, area.height);
  context.clip();
  drawBars(context, sums, window, layout, colours);
  drawSums(context, sums, window, layout, colours);
  context.restore();
}

/** The largest clusters below `top` and the sums of the window, above whatever else lies in the profile. */
export function drawProfileTexts(
  context: Context,
  sums: ProfileSums,
  window: MapWindow,
  layout: MapLayout,
  colours: MapColours,
  top = CORNER_HEIGHT,
): void {
  const { area, profileLeft, profileWidth } = layout;
  if (layout.hasLabels) {
    drawClusters(context, sums, window, layout, colours, top);
    if (sums.profile.groups !== undefined) drawKey(context, layout, colours);
  }
  const right = profileLeft + profileWidth - 10;
  const shorts = usdToPrice(sums, Math.max(yToPrice(window, area, 0), sums.profile.markPrice));
  const longs = usdToPrice(sums, Math.min(yToPrice(window, area, area.height), sums.profile.markPrice));
  for (const [y, title, usd, colour] of [
    [8, t('map.shorts'), shorts, colours.short],
    [area.height - 46, t('map.longs'), longs, colours.long],
  ] as const) {
    fillRoundRect(context, right - 96, y, 104, 38, 4, colours.chip, null);
    drawText(context, title, right, y + 12, FONTS.sum, colour, 'right');
    drawText(context, formatUsd(usd), right, y + 27, FONTS.figure, colours.fg1, 'right');
  }
}

/** Each bar's groups of leverage stacked, the lowest at the axis, as in the band's bars. */
function drawBars(
  context: Context,
  { profile }: ProfileSums,
  window: MapWindow,
  { area, profileLeft, profileWidth }: MapLayout,
  colours: MapColours,
): void {
  const cellWidth = profile.binWidth * BINS_PER_CELL;
  const cellPx = (area.height * cellWidth) / (window.highLn - window.lowLn);
  const cellsPerRow = 2 ** Math.max(0, Math.ceil(Math.log2(LEAST_ROW / cellPx)));
  const firstCell = Math.floor(window.lowLn / cellWidth / cellsPerRow) * cellsPerRow;
  const count = Math.ceil((window.highLn / cellWidth - firstCell) / cellsPerRow);
  const parts = barParts(profile, { firstCell, cellsPerRow }, count);
  const sums = parts.reduce((sum, { usd }) => sum.map((each, row) => each + usd[row]), new Float32Array(count));
  const largest = Math.max(...sums);
  if (!(largest > 0)) return;
  const perUsd = (profileWidth - 20) / largest;
  const reached = new Float32Array(count);
  for (const { side, group, usd } of parts) {
    const whole = side === 'long' ? colours.longFill : colours.shortFill;
    context.fillStyle = group === null ? whole : colours.leverage[side][group];
    for (let row = 0; row < count; row++) {
      if (usd[row] === 0) continue;
      const top = Math.round(lnToY(window, area, (firstCell + (row + 1) * cellsPerRow) * cellWidth));
      const bottom = Math.round(lnToY(window, area, (firstCell + row * cellsPerRow) * cellWidth));
      const height = Math.max(1, bottom - top - (bottom - top > 2 ? 1 : 0));
      context.fillRect(profileLeft + 1 + reached[row] * perUsd, top, usd[row] * perUsd, height);
      reached[row] += usd[row];
    }
  }
}

/** Which colours are of which leverage, in the corner below the profile. */
function drawKey(context: Context, { area, profileLeft, profileWidth }: MapLayout, colours: MapColours): void {
  const y = area.height + TIME_AXIS_HEIGHT / 2;
  const step = (profileWidth - 8) / LEVERAGE_GROUPS.length;
  LEVERAGE_GROUPS.forEach(({ label }, g) => {
    const x = profileLeft + 6 + g * step;
    SIDES.forEach((side, i) => {
      context.fillStyle = colours.leverage[side][g];
      context.fillRect(x + i * KEY_MARK, y - KEY_MARK, KEY_MARK, 2 * KEY_MARK);
    });
    drawText(context, label, x + 2 * KEY_MARK + 3, y + 0.5, FONTS.small, colours.fg3);
  });
}

/** From the axis at the price outwards, one scale for both sides. */
function drawSums(
  context: Context,
  sums: ProfileSums,
  window: MapWindow,
  { area, profileLeft, profileWidth }: MapLayout,
  colours: MapColours,
): void {
  const most = Math.max(
    usdToPrice(sums, yToPrice(window, area, 0)),
    usdToPrice(sums, yToPrice(window, area, area.height)),
    1,
  );
  const xOf = (usd: number) => profileLeft + 1 + (usd / most) * (profileWidth - 14);
  context.beginPath();
  for (let y = 0; y <= area.height; y += 2) context.lineTo(xOf(usdToPrice(sums, yToPrice(window, area, y))), y);
  context.lineJoin = 'round';
  context.strokeStyle = colours.panel;
  context.lineWidth = 3;
  context.stroke();
  context.strokeStyle = colours.fg1;
  context.lineWidth = 1.25;
  context.stroke();
}

function drawClusters(
  context: Context,
  { profile }: ProfileSums,
  window: MapWindow,
  { area, profileLeft }: MapLayout,
  colours: MapColours,
  top: number,
): void {
  const taken: number[] = [priceToY(window, area, profile.markPrice)];
  const left = { long: LABELS_PER_SIDE, short: LABELS_PER_SIDE };
  for (const { positionSide, price, usd, distance } of clustersOf(profile)) {
    const y = priceToY(window, area, price);
    if (y < top + LABEL_HALF || y > area.height - CORNER_HEIGHT - LABEL_HALF) continue;
    if (left[positionSide]-- <= 0) continue;
    if (taken.some((each) => Math.abs(each - y) < 2 * LABEL_HALF)) continue;
    taken.push(y);
    const x = profileLeft + LABEL_LEFT;
    fillRoundRect(context, x, y - 9, 98, 18, 3, colours.chip, null);
    drawText(context, formatUsdShort(usd), x + 6, y + 0.5, FONTS.sumStrong, colours.fg1);
    drawText(context, formatDistance(distance), x + 92, y + 0.5, FONTS.sum, colours.fg2, 'right');
  }
}

/** A map that moves is the same for many frames. */
let found: { readonly profile: Profile; readonly clusters: readonly Cluster[] } | null = null;

function clustersOf(profile: Profile): readonly Cluster[] {
  if (found?.profile !== profile) {
    const everywhere = { fromPrice: 0, toPrice: Infinity, count: 120, minSeparation: 0.006 };
    found = { profile, clusters: findClusters(profile, everywhere) };
  }
  return found.clusters;
}
