import { formatBinWidth } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { HeatScale, HeatThresholds } from '@/lib/render/heat-scale';

/** The legend's slider: positions 0 to 1 along the logarithm of USD per bin. */
export interface LegendScale {
  readonly minUsd: number;
  readonly maxUsd: number;
}

/** Round ends around the colours that the data suggest, so that the legend stays put while figures move a little. */
export function legendScale({ lo, hi }: HeatScale): LegendScale {
  return { minUsd: roundDown(Math.max(lo / 5, 1)), maxUsd: roundDown(Math.max(hi * 3.999, 100)) };
}

/** The next of 1, 2, 5, 10, 20, ... at or below. */
function roundDown(usd: number): number {
  const decade = 10 ** Math.floor(Math.log10(usd));
  const step = [5, 2, 1].find((candidate) => candidate * decade <= usd) ?? 1;
  return step * decade;
}

export const usdToPosition = ({ minUsd, maxUsd }: LegendScale, usd: number): number =>
  Math.min(1, Math.max(0, Math.log(usd / minUsd) / Math.log(maxUsd / minUsd)));

/** Inverse of `usdToPosition`, to three figures. */
export const positionToUsd = ({ minUsd, maxUsd }: LegendScale, position: number): number =>
  Number((minUsd * (maxUsd / minUsd) ** position).toPrecision(3));

/** Where colour begins and is full: as the user set it, or as the data suggest. */
export const heatEnds = (automatic: HeatScale, { thresholdUsd, fullUsd }: HeatThresholds): HeatScale => ({
  lo: thresholdUsd ?? automatic.lo,
  hi: fullUsd ?? automatic.hi,
});

export const isHeatSet = ({ thresholdUsd, fullUsd }: HeatThresholds): boolean =>
  thresholdUsd !== null || fullUsd !== null;

/** What the ends are of, and whose choice. */
export const legendWords = (thresholds: HeatThresholds, binWidth: number): string =>
  t(isHeatSet(thresholds) ? 'legend.perBinSet' : 'legend.perBin', { share: formatBinWidth(binWidth) });
