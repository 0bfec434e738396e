import { MINUTE_MS } from '@/lib/core/time';
import { BAR_MS, type FoldBar, type MinutePath } from '@/lib/market/bar';
import { createBookConfig, type BookConfig } from '@/lib/model/book-config';
import type { Level } from '@/lib/model/level-map';
import type { BarLiquidations } from '@/lib/model/leverage-learning';
import { classOfPosition } from '@/lib/model/observed-mix';
import { PATH_STEPS, type BarPath, type MarketBar } from '@/tests/market/synthetic-bar';
import { createSyntheticMarket, type SyntheticMarket } from '@/tests/market/synthetic-market';
import { drawScenario, type ScenarioKind } from '@/tests/market/synthetic-scenarios';

/** A traded synthetic market as the model may see it, and its truth. */
export interface TruthMarket {
  readonly market: SyntheticMarket;
  readonly config: BookConfig;
  readonly bars: readonly FoldBar[];
  /** The same with the minutes of every bar. */
  readonly minuteBars: readonly FoldBar[];
  /** Base units of each liquidation of each bar, the complete feed. */
  readonly liquidations: readonly BarLiquidations[];
}

export function tradeTruthMarket(kind: ScenarioKind, seed: number, days: number): TruthMarket {
  const options = drawScenario(kind, seed);
  const market = createSyntheticMarket(options);
  for (let bar = 0; bar < days * 288; bar++) market.advance();
  return {
    market,
    config: createBookConfig({ tiers: options.tiers, source: 'bundled', asOfMs: options.startMs }, 'linear'),
    bars: market.bars.map(foldBarOf),
    minuteBars: market.bars.map((bar) => ({ ...foldBarOf(bar), minutes: minutesOf(bar.path) })),
    liquidations: market.bars.map(({ liquidations }) => ({
      long: liquidations.filter(({ positionSide }) => positionSide === 'long').map(({ qty }) => qty),
      short: liquidations.filter(({ positionSide }) => positionSide === 'short').map(({ qty }) => qty),
    })),
  };
}

const STEPS_PER_MINUTE = (PATH_STEPS * MINUTE_MS) / BAR_MS;

/** What 1-minute klines of the bar would tell. */
function minutesOf({ prices, volumes }: BarPath): MinutePath {
  const minutes: number[] = [];
  for (let from = 0; from < PATH_STEPS; from += STEPS_PER_MINUTE) {
    const to = from + STEPS_PER_MINUTE;
    const inside = prices.subarray(from, to + 1);
    minutes.push(Math.max(...inside), Math.min(...inside), prices[to], volumes[to] - volumes[from]);
  }
  return Float64Array.from(minutes);
}

const foldBarOf = ({ path, liquidations: _liquidations, ...bar }: MarketBar): FoldBar => ({
  ...bar,
  markHigh: Math.max(...path.marks),
  markLow: Math.min(...path.marks),
  markClose: path.marks[path.marks.length - 1],
});

/** Every position that some price liquidates, open at the end of a bar. */
export function trueLevels({ market, bars }: TruthMarket, bar: number): readonly Level[] {
  return market.positionsAt(bars[bar].openTimeMs + BAR_MS).flatMap(({ positionSide, liquidationPrice, qty }) => {
    if (liquidationPrice === null) return [];
    return [{ positionSide, price: liquidationPrice, usd: qty * liquidationPrice }];
  });
}

/** Share of opened quantity by the class that its distance to liquidation comes nearest to. */
export function trueMix({ market, config }: TruthMarket): readonly number[] {
  const opened = market.openedIn(market.bars[0].openTimeMs, Infinity);
  const shares = config.classes.map(() => 0);
  let total = 0;
  for (const { positionSide, liquidationPrice, entryPrice, qty } of opened) {
    total += qty;
    const k = classOfPosition(config, positionSide, entryPrice, liquidationPrice);
    if (k >= 0) shares[k] += qty;
  }
  return shares.map((qty) => qty / total);
}

/** Half the sum of differences between two mixes above 10x, each brought to the sum 1. */
export function totalVariation(config: BookConfig, learned: readonly number[], truth: readonly number[]): number {
  const above = config.classes.map((_, k) => k).filter((k) => config.classes[k].leverage > 10);
  const sum = (shares: readonly number[]): number => above.reduce((total, k) => total + shares[k], 0);
  const [learnedSum, trueSum] = [sum(learned), sum(truth)];
  return above.reduce((total, k) => total + Math.abs(learned[k] / learnedSum - truth[k] / trueSum), 0) / 2;
}
