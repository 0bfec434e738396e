import { DAY_MS, HOUR_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS, type FoldBar } from '@/lib/market/bar';
import type { Liquidation } from '@/lib/market/liquidation';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { MarketBar } from '@/tests/market/synthetic-bar';
import { tiersFromRows } from '@/tests/market/synthetic-margin';
import { createSyntheticMarket, DEFAULT_OPTIONS } from '@/tests/market/synthetic-market';

import type { LiquidationBin } from './liquidation-bins';
import type { RecordedSet } from './recorded-set';

const START_MS = Date.UTC(2026, 0, 1);
const DAYS = 21;

export interface SyntheticSet {
  readonly set: RecordedSet;
  readonly tiers: RiskTiers;
  readonly events: readonly Liquidation[];
}

/** The synthetic market as a set of bars with hourly sums of its complete feed, and the events themselves. */
export function syntheticSet(seed: number, days = DAYS): SyntheticSet {
  const tiers = tiersFromRows([
    [300_000, 0.004, 150],
    [3_000_000, 0.0065, 75],
    [70_000_000, 0.02, 25],
  ]);
  const initialPrice = 60_000;
  const market = createSyntheticMarket({
    ...DEFAULT_OPTIONS,
    seed,
    startMs: START_MS,
    initialPrice,
    tickSize: 0.1,
    qtyStep: 0.001,
    tiers,
  });
  const { initialOpenInterest } = market;
  for (let i = 0; i < (days * DAY_MS) / BAR_MS; i++) market.advance();
  const bars = market.bars.map(foldBarOf);
  return {
    set: {
      name: `synthetic-market-${seed}`,
      symbol: 'BTCUSDT',
      barMs: BAR_MS,
      initialOpenInterest,
      bars,
      liquidations: { binMs: HOUR_MS, venues: ['synthetic'], isSampled: false, bins: hourlyBins(market.bars) },
    },
    tiers: { tiers, source: 'bundled', asOfMs: START_MS },
    events: market.bars.flatMap(({ liquidations }) => liquidations),
  };
}

const foldBarOf = ({ path: _path, liquidations: _liquidations, ...bar }: MarketBar): FoldBar => ({
  ...bar,
  markHigh: NaN,
  markLow: NaN,
  markClose: NaN,
});

function hourlyBins(bars: readonly MarketBar[]): readonly LiquidationBin[] {
  const perBin = HOUR_MS / BAR_MS;
  return Array.from({ length: Math.floor(bars.length / perBin) }, (_, i) => {
    const own = bars.slice(i * perBin, (i + 1) * perBin);
    const startMs = floorToStep(own[0].openTimeMs, HOUR_MS);
    const observed = { long: 0, short: 0 };
    for (const { positionSide, averagePrice, qty } of own.flatMap(({ liquidations }) => liquidations)) {
      observed[positionSide] += averagePrice * qty;
    }
    return {
      startMs,
      endMs: startMs + HOUR_MS,
      firstBar: i * perBin,
      endBar: (i + 1) * perBin,
      isWhole: true,
      observed,
    };
  });
}
