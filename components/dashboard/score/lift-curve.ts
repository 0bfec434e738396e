import type { BarScore } from '@/lib/market/score';

/** How much of what was liquidated fell into the bars that were ranked first. */
export interface LiftPoint {
  /** Share of the bars, ranked from the most to the least. */
  readonly bars: number;
  /** Share of the observed USD that fell into them. */
  readonly usd: number;
}

const POINTS = 40;

/**
 * The curve of a ranking of bars: a perfect one rises at once, one that knows nothing follows the diagonal. Bars that
 * are ranked equal share what fell into them, so that their order decides nothing. Empty where nothing was liquidated.
 */
export function liftCurve(bars: readonly BarScore[], rankBy: (bar: BarScore) => number): readonly LiftPoint[] {
  const ranked = bars
    .map((bar) => ({ rank: rankBy(bar), usd: bar.observed.long + bar.observed.short }))
    .sort((a, b) => b.rank - a.rank);
  const total = ranked.reduce((sum, { usd }) => sum + usd, 0);
  if (!(total > 0)) return [];
  for (let from = 0; from < ranked.length;) {
    let to = from;
    let usd = 0;
    while (to < ranked.length && ranked[to].rank === ranked[from].rank) usd += ranked[to++].usd;
    for (let i = from; i < to; i++) ranked[i].usd = usd / (to - from);
    from = to;
  }
  const points: LiftPoint[] = [{ bars: 0, usd: 0 }];
  let sum = 0;
  ranked.forEach(({ usd }, i) => {
    sum += usd;
    const isPoint = Math.floor(((i + 1) * POINTS) / ranked.length) > Math.floor((i * POINTS) / ranked.length);
    if (isPoint) points.push({ bars: (i + 1) / ranked.length, usd: sum / total });
  });
  return points;
}

/** What was expected of a bar, both sides; and what the null model goes by, its move. */
export const byExpected = ({ expected }: BarScore): number => expected.long + expected.short;
export const byMove = ({ move }: BarScore): number => move.long + move.short;
