import { bandStateFromFacts, type BandFacts, type BandState } from '@/lib/render/band-state';

import type { ChartMarket } from './chart-market';
import type { Market } from './market';

/** How old a market's newest data is; null before any. */
export const ageOf = ({ dataAtMs }: Market, nowMs: number): number | null =>
  dataAtMs === null ? null : Math.max(0, nowMs - dataAtMs);

/** What the band of a chart shows. */
export const stateOf = ({ symbol, market }: ChartMarket, scale: BandFacts['scale'], nowMs: number): BandState =>
  bandStateFromFacts({
    hasSymbol: symbol !== null,
    resolution: market.resolution,
    scale,
    profile: market.sums?.profile ?? null,
    progress: market.progress,
    health: market.health[0] ?? null,
    ageMs: ageOf(market, nowMs),
  });
