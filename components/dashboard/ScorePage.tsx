import { useEffect, useState } from 'preact/hooks';

import { Section } from '@/components/Section';
import { formatDecimal, formatRatio, formatShare, formatUsd, formatUsdRange, NOTHING } from '@/lib/core/format';
import { formatDay } from '@/lib/core/format-time';
import type { Contract } from '@/lib/market/contract';
import type { ObservedLayer } from '@/lib/market/observed';
import type { ExpectedLiquidation, FigureInterval, Score } from '@/lib/market/score';
import type { ExpectedAt } from '@/lib/market/summary';

import { readScores, type Reliability, type Scores, type ScoreSource } from './daily-scores';
import { KnownSection } from './KnownSection';
import { LiftChart } from './LiftChart';

const REFRESH_MS = 60_000;

interface Props {
  readonly source: ScoreSource | null;
  readonly contract: Contract | null;
  /** Of the map as it is now; null before there is one. */
  readonly expected: readonly ExpectedAt[] | null;
  readonly nowMs: number;
  /** Contracts of the market whose accounts are public. */
  readonly observed: readonly ObservedLayer[];
}

/** How good the map has been: against what was liquidated, and against what is known to be open. */
export function ScorePage({ observed, ...props }: Props) {
  return (
    <div class="page">
      {observed.map((layer) => (
        <KnownSection key={layer.contractId} layer={layer} />
      ))}
      <LiquidatedScores {...props} />
    </div>
  );
}

/** Beside models that know nothing of levels. */
function LiquidatedScores({ source, contract, expected, nowMs }: Omit<Props, 'observed'>) {
  const [scores, setScores] = useState<Scores | null>(null);
  const minute = Math.floor(nowMs / REFRESH_MS);
  useEffect(() => {
    if (source === null || contract === null) return undefined;
    let isCurrent = true;
    readScores(source, contract.id, nowMs).then(
      (read) => isCurrent && setScores(read),
      () => isCurrent && setScores(null),
    );
    return () => {
      isCurrent = false;
    };
  }, [source, contract?.id, minute]);
  if (scores === null || scores.month === null) {
    return (
      <p class="section" role="status">
        {scores === null
          ? 'Reading what was scored.'
          : 'Nothing is scored yet. A bar is scored once its liquidations were recorded throughout: leave a chart or this page open.'}
      </p>
    );
  }
  return (
    <>
      <Section title={`How good the map of ${contract?.symbol} was`} aside="scored as it happened, never afterwards">
        <table class="scores">
          <thead>
            <tr>
              <th scope="col">Day, UTC</th>
              <th scope="col">Recorded</th>
              <th scope="col">Events</th>
              <th scope="col">Rank correlation</th>
              <th scope="col">of the move alone</th>
              <th scope="col">Bits per event</th>
              <th scope="col">of the map a day old</th>
              <th scope="col">In the fullest tenth</th>
              <th scope="col">times chance</th>
              <th scope="col">Expected</th>
              <th scope="col">Observed</th>
            </tr>
          </thead>
          <tbody>
            <ScoreRow name="All" score={scores.month} />
            {scores.days.map(({ startMs, score }) => (
              <ScoreRow key={startMs} name={formatDay(startMs)} score={score} />
            ))}
          </tbody>
        </table>
        <p class="caption">
          Rank correlation: expected with liquidated USD per five-minute bar, both sides; beside it what price’s move
          alone would have told. Bits: how much better the map placed each liquidation than an even spread over the
          levels crossed; beside it the placebo, the map of a day before. Small figures: 95 % interval by redrawing
          whole days. A dash: too little was seen to say.
        </p>
      </Section>
      {expected !== null && <ExpectedSection expected={expected} coverage={scores.month.intervalCoverage} />}
      <ReliabilitySection groups={scores.reliability} />
      <LiftChart map={scores.lift.map} move={scores.lift.move} />
    </>
  );
}

const ratio = (value: number | null): string => (value === null ? NOTHING : formatRatio(value));
const share = (value: number | null): string => (value === null ? NOTHING : formatShare(value));

function Figure({ value, interval }: { value: number | null; interval: FigureInterval | null }) {
  return (
    <>
      <strong>{ratio(value)}</strong>
      {interval !== null && (
        <small class="score-interval">
          {formatRatio(interval.low)} to {formatRatio(interval.high)}
        </small>
      )}
    </>
  );
}

function ScoreRow({ name, score }: { name: string; score: Score }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {share(Math.min(1, score.days))}
        {score.days > 1 && ` of a day × ${formatDecimal(score.days, 1)}`}
      </td>
      <td>{score.eventCount}</td>
      <td>
        <Figure value={score.rankCorrelation} interval={score.rankCorrelationInterval} />
      </td>
      <td>{ratio(score.moveRankCorrelation)}</td>
      <td>
        <Figure value={score.bitsPerEvent} interval={score.bitsPerEventInterval} />
      </td>
      <td>{ratio(score.dayOldBitsPerEvent)}</td>
      <td>
        <strong>{share(score.topTenthShare)}</strong>
      </td>
      <td>
        <Figure value={score.topTenthLift} interval={score.topTenthLiftInterval} />
      </td>
      <td>{formatUsd(score.expectedUsd)}</td>
      <td>{formatUsd(score.observedUsd)}</td>
    </tr>
  );
}

/** Dollars at risk times the share that is really liquidated, and how far such sums came out apart from what was expected. */
function ExpectedSection({ expected, coverage }: { expected: readonly ExpectedAt[]; coverage: number | null }) {
  return (
    <Section title="What to expect" aside="if price crosses all levels to that distance within an hour">
      <table class="scores">
        <thead>
          <tr>
            <th scope="col">From the mark</th>
            <th scope="col">Longs liquidated</th>
            <th scope="col">80 % interval</th>
            <th scope="col">Shorts liquidated</th>
            <th scope="col">80 % interval</th>
          </tr>
        </thead>
        <tbody>
          {expected.map(({ distance, long, short }) => (
            <tr key={distance}>
              <th scope="row">{Math.round(100 * distance)}%</th>
              <td>{formatUsd(long.usd)}</td>
              <td>{rangeText(long)}</td>
              <td>{formatUsd(short.usd)}</td>
              <td>{rangeText(short)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="caption">
        {coverage === null
          ? 'From the hours scored so far; too few to say how often such intervals held.'
          : `Such intervals, stated before each hour from the hours before it, held ${formatShare(coverage)} of what then came.`}
      </p>
    </Section>
  );
}

const rangeText = ({ lowUsd, highUsd }: ExpectedLiquidation): string =>
  lowUsd === null || highUsd === null ? NOTHING : formatUsdRange({ lowUsd, highUsd });

/** Were the map true, both bars of a row would be of one length. */
function ReliabilitySection({ groups }: { groups: readonly Reliability[] }) {
  const most = Math.max(...groups.flatMap(({ expectedUsd, observedUsd }) => [expectedUsd, observedUsd]));
  const width = (usd: number) => `${most > 0 ? (100 * usd) / most : 0}%`;
  return (
    <Section title="Reliability" aside="bars by what was expected of them, least to most">
      <table class="scores reliability">
        <thead>
          <tr>
            <th scope="col">Tenth</th>
            <th scope="col">Bars</th>
            <th scope="col">Expected</th>
            <th scope="col">Observed</th>
            <th scope="col" aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {groups.map(({ bars, expectedUsd, observedUsd }, i) => (
            <tr key={i}>
              <th scope="row">{i + 1}</th>
              <td>{bars}</td>
              <td>{formatUsd(expectedUsd)}</td>
              <td>{formatUsd(observedUsd)}</td>
              <td class="reliability-bars" aria-hidden="true">
                <i class="is-expected" style={{ width: width(expectedUsd) }} />
                <i style={{ width: width(observedUsd) }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
