import { HOUR_MS } from '@/lib/core/time';
import { usdBetween, type Profile } from '@/lib/market/profile';
import type { BookConfig } from '@/lib/model/book-config';

import { predictSet } from './predict';
import type { RecordedSet } from './recorded-set';
import type { ModelScore, SetReport } from './set-report';
import { createPlot, SERIES } from './svg';

const usdTick = (value: number): string =>
  value >= 1e9
    ? `$${value / 1e9}B`
    : value >= 1e6
      ? `$${value / 1e6}M`
      : value >= 1e3
        ? `$${value / 1e3}k`
        : `$${value}`;
const oursOf = ({ scores }: SetReport): ModelScore | undefined => scores.find(({ kind }) => kind === 'ours');
const shortName = (name: string): string => name.replace(/^binance-/, '').replace('USDT', '');

/** Predicted against observed USD by tenths of the prediction; on the grey line dollars are right. */
export function reliabilityPicture(reports: readonly SetReport[]): string {
  const ticks = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];
  const axis = { from: 1e4, to: 1e10, ticks, format: usdTick, isLog: true };
  const plot = createPlot(
    'Longs, by tenths of the prediction',
    { ...axis, label: 'predicted' },
    { ...axis, label: 'observed' },
  );
  plot.line(
    ticks.map((tick) => [tick, tick] as const),
    '#8c959f',
  );
  reports.forEach((report, i) => {
    const points = oursOf(report)?.long.learned.tenths ?? [];
    const shown = points.filter(({ predictedUsd, observedUsd }) => predictedUsd >= 1e4 && observedUsd >= 1e4);
    plot.line(
      shown.map(({ predictedUsd, observedUsd }) => [predictedUsd, observedUsd] as const),
      SERIES[i % SERIES.length],
    );
    plot.text(1.4e4, 5e9 / 2.2 ** i, shortName(report.name), SERIES[i % SERIES.length]);
  });
  return plot.toSvg();
}

/** Share of all liquidated USD that lies in the bins predicted highest. */
export function liftPicture(reports: readonly SetReport[]): string {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const axis = { from: 0, to: 1, ticks, format: (value: number) => `${Math.round(100 * value)} %` };
  const plot = createPlot(
    'Lift, both sides',
    { ...axis, label: 'bins, highest prediction first' },
    { ...axis, label: 'liquidated USD' },
  );
  plot.line(
    [
      [0, 0],
      [1, 1],
    ],
    '#8c959f',
  );
  reports.forEach((report, i) => {
    const ours = oursOf(report);
    if (ours === undefined) return;
    const observed = ours.long.learned.tenths.map(
      (tenth, k) => tenth.observedUsd + ours.short.learned.tenths[k].observedUsd,
    );
    const sum = observed.reduce((total, usd) => total + usd, 0);
    let reached = 0;
    const points = observed.toReversed().map((usd, k) => [(k + 1) / observed.length, (reached += usd) / sum] as const);
    plot.line([[0, 0], ...points], SERIES[i % SERIES.length]);
    plot.text(0.62, 0.08 * (i + 1), shortName(report.name), SERIES[i % SERIES.length]);
  });
  return plot.toSvg();
}

/** The crash of 5 August 2024: the map as it stood the evening before, and what was then liquidated where price fell. */
const CRASH = { fromMs: Date.UTC(2024, 7, 4, 18), toMs: Date.UTC(2024, 7, 5, 14) };
const ROW = 0.005;

/** Null where the set does not hold the crash. Observed USD of an hour is spread over the prices it newly reached. */
export function crashPicture(set: RecordedSet, config: BookConfig): string | null {
  const own = set.bars.filter(({ openTimeMs }) => openTimeMs >= CRASH.fromMs && openTimeMs < CRASH.toMs);
  const bins = set.liquidations?.bins ?? [];
  if (own.length < (CRASH.toMs - CRASH.fromMs) / HOUR_MS || bins.length === 0) return null;
  const maps = new Map<number, Profile>();
  const predictions = predictSet(set, config, (bar, profile) => {
    if (bar.openTimeMs === own[0].openTimeMs) maps.set(bar.openTimeMs, profile);
  });
  const map = maps.get(own[0].openTimeMs);
  const share = predictions.find(({ timeMs }) => timeMs === own[0].openTimeMs)?.share.long ?? 0;
  if (map === undefined) return null;
  const low = Math.min(...own.map((bar) => bar.low));
  const rows = Array.from({ length: 60 }, (_, i) => map.markPrice * Math.exp(-ROW * (i + 1))).filter(
    (price) => price > 0.94 * low,
  );
  const predicted = rows.map((price) => share * usdBetween(map, price, price * Math.exp(ROW)).long);
  const observed = rows.map(() => 0);
  let reached = map.markPrice;
  for (const bar of own) {
    const sum = bins.find(({ startMs }) => startMs === bar.openTimeMs)?.observed?.long ?? 0;
    const hit = rows.flatMap((price, i) => (price * Math.exp(ROW) > bar.low && price < reached ? [i] : []));
    for (const i of hit) observed[i] += sum / hit.length;
    reached = Math.min(reached, bar.low);
  }
  const to = 1.1 * Math.max(...predicted, ...observed);
  const step = 10 ** Math.floor(Math.log10(to / 2));
  const usd = {
    from: 0,
    to,
    ticks: [0, 1, 2, 3, 4, 5].map((k) => k * step * Math.ceil(to / step / 6)).filter((v) => v <= to),
    format: usdTick,
  };
  const bottom = rows[rows.length - 1];
  const prices = [45, 48, 50, 52, 54, 56, 58, 60, 62]
    .map((k) => k * 1e3)
    .filter((p) => p >= bottom && p <= map.markPrice);
  const plot = createPlot(
    `${set.symbol}: longs in the map of 4 August 2024, 18:00 UTC, and liquidated until 5 August, 14:00`,
    { ...usd, label: 'USD per 0.5 % of price; map times the learned share' },
    { from: bottom, to: map.markPrice, ticks: prices, format: (p) => `${p / 1e3}k`, label: '' },
  );
  rows.forEach((price, i) => {
    const height = price * (Math.exp(ROW) - 1);
    plot.bar(0, price + 0.5 * height, predicted[i], 0.45 * height, SERIES[0]);
    plot.bar(0, price + 0.05 * height, observed[i], 0.45 * height, SERIES[1]);
  });
  plot.text(0.62 * to, bottom + 0.12 * (map.markPrice - bottom), 'map of the evening before', SERIES[0]);
  plot.text(0.62 * to, bottom + 0.06 * (map.markPrice - bottom), 'reported by the sampled feed', SERIES[1]);
  return plot.toSvg();
}
