import type { SidesUsd } from '@/lib/market/profile';
import type { RiskTiers } from '@/lib/market/risk-tier';
import { createBookConfig, type BookConfig } from '@/lib/model/book-config';

import { nowcast } from './nowcast';
import { brokenExtremes, constantRate, uniformPerMove, volumeAtFixedLeverage } from './nulls';
import { barLadder, hourlyVolume, markLadder, openInterestCohorts } from './peers';
import { expectedUsd, predictSet, type Observer, type Prediction } from './predict';
import type { RecordedSet } from './recorded-set';

export interface ModelRun {
  /** Part of a file's name. */
  readonly id: string;
  readonly label: string;
  readonly kind: 'ours' | 'variant' | 'null' | 'peer' | 'nowcast';
  /** One entry a bar. */
  readonly usd: readonly SidesUsd[];
}

export const configOf = (set: RecordedSet, tiers: RiskTiers): BookConfig => ({
  ...createBookConfig(tiers, 'linear'),
  barMs: set.barMs,
});

/** Ours, its variants, the nulls and the peers on one set. */
export function runModels(
  set: RecordedSet,
  config: BookConfig,
  observe?: Observer,
): { readonly runs: readonly ModelRun[]; readonly predictions: readonly Prediction[] } {
  const predictions = predictSet(set, config, observe);
  const ours = predictions.map((prediction) => expectedUsd(prediction));
  const { bars, initialOpenInterest, barMs } = set;
  const shared = (usd: SidesUsd, { share }: Prediction): SidesUsd => ({
    long: usd.long * share.long,
    short: usd.short * share.short,
  });
  const run = (kind: ModelRun['kind'], id: string, label: string, usd: readonly SidesUsd[]): ModelRun => ({
    id,
    label,
    kind,
    usd,
  });
  const runs = [
    run('ours', 'ours', 'ours: map alone', ours),
    run(
      'variant',
      'frozen-map',
      'ours without the same-bar term',
      predictions.map((p) => expectedUsd(p, false)),
    ),
    run('variant', 'constant-flow', 'ours, OI and volume constant', constantFlow(set, config)),
    run('null', 'N0', 'N0 constant rate', constantRate(set)),
    run('null', 'N1', 'N1 uniform per move', uniformPerMove(set)),
    run('null', 'N2', 'N2 volume x fixed leverage', volumeAtFixedLeverage(set)),
    run(
      'null',
      'N3-day-old',
      'N3 our map of 24 h ago',
      predictions.map((p) => shared(p.dayOld, p)),
    ),
    run(
      'null',
      'N3-mirrored',
      'N3 our map mirrored',
      predictions.map((p) => shared(p.mirrored, p)),
    ),
    run('null', 'N4', 'N4 broken extremes, map-free', brokenExtremes(set)),
    run('peer', 'P2', 'P2 bar ladder', barLadder(bars, initialOpenInterest, barMs)),
    run('peer', 'P3', 'P3 OI-change cohorts', openInterestCohorts(bars, initialOpenInterest, barMs)),
    run('peer', 'P4', 'P4 mark ladder', markLadder(bars, initialOpenInterest, barMs)),
    run('peer', 'P5', 'P5 hourly volume', hourlyVolume(bars, initialOpenInterest, barMs)),
    run('nowcast', 'nowcast', 'nowcast: ours + memory', nowcast(set, ours)),
  ];
  return { runs, predictions };
}

function constantFlow(set: RecordedSet, config: BookConfig): readonly SidesUsd[] {
  return predictSet(withConstantFlow(set), config).map((prediction) => expectedUsd(prediction));
}

/** Nothing but prices: open interest and volume held at what the first bar had. */
export function withConstantFlow(set: RecordedSet): RecordedSet {
  const openInterest = set.initialOpenInterest;
  const volume = openInterest / 100;
  return { ...set, bars: set.bars.map((bar) => ({ ...bar, openInterest, volume, takerBuyVolume: NaN })) };
}
