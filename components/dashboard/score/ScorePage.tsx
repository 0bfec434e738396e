import { useEffect, useState } from 'preact/hooks';

import { ExportMenu } from '@/components/export/ExportMenu';
import { scoresData } from '@/components/export/score-data';
import { Failed } from '@/components/Failed';
import { Section } from '@/components/Section';
import { formatDecimal, formatRatio, formatShare, formatUsd, formatUsdRange, NOTHING } from '@/lib/core/format';
import { formatDay } from '@/lib/core/format-time';
import { t } from '@/lib/i18n/words';
import type { Contract, ContractId } from '@/lib/market/contract';
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
  const [read, setRead] = useState<{ readonly contractId: ContractId; readonly scores: Scores } | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const [turn, setTurn] = useState(0);
  const minute = Math.floor(nowMs / REFRESH_MS);
  useEffect(() => {
    if (source === null || contract === null) return undefined;
    let isCurrent = true;
    readScores(source, contract.id, nowMs).then(
      (scores) => {
        if (!isCurrent) return;
        setRead({ contractId: contract.id, scores });
        setHasFailed(false);
      },
      () => isCurrent && setHasFailed(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [source, contract?.id, minute, turn]);
  const scores = read?.contractId === contract?.id ? (read?.scores ?? null) : null;
  if (hasFailed) return <Failed onRetry={() => setTurn(turn + 1)} />;
  if (scores === null || contract === null) {
    return (
      <p class="section" role="status">
        {contract === null ? t('map.choose') : t('score.reading')}
      </p>
    );
  }
  const title = t('score.title', { symbol: contract.symbol });
  if (scores.month === null) {
    return (
      <>
        <Section title={title}>
          <p class="score-verdict" role="status">
            {t('score.none')}
          </p>
        </Section>
        {expected !== null && <ExpectedSection expected={expected} coverage={null} />}
      </>
    );
  }
  const { topTenthShare, topTenthLift, topTenthLiftInterval } = scores.month;
  return (
    <>
      <Section
        isWide
        title={title}
        aside={
          <ExportMenu
            of={contract.symbol}
            timeMs={nowMs}
            sets={[{ title: 'export.scores', read: () => scoresData(contract.id, scores.days) }]}
          />
        }
      >
        {/* Of a few days, whose chance is not known, the table must do. */}
        {topTenthShare !== null && topTenthLift !== null && topTenthLiftInterval !== null && (
          <p class="score-verdict">
            {t('score.verdict', { share: formatShare(topTenthShare), lift: formatDecimal(topTenthLift, 1) })}
          </p>
        )}
        <p class="caption">{t('score.aside')}</p>
        <table class="scores">
          <thead>
            <tr>
              <th scope="col">{t('score.day')}</th>
              <th scope="col">{t('score.recorded')}</th>
              <th scope="col">{t('score.events')}</th>
              <th scope="col">{t('score.rank')}</th>
              <th scope="col">{t('score.moveRank')}</th>
              <th scope="col">{t('score.bits')}</th>
              <th scope="col">{t('score.oldBits')}</th>
              <th scope="col">{t('score.tenth')}</th>
              <th scope="col">{t('score.lift')}</th>
              <th scope="col">{t('score.expected')}</th>
              <th scope="col">{t('score.observed')}</th>
            </tr>
          </thead>
          <tbody>
            <ScoreRow name={t('score.all')} score={scores.month} />
            {scores.days.map(({ startMs, score }) => (
              <ScoreRow key={startMs} name={formatDay(startMs)} score={score} />
            ))}
          </tbody>
        </table>
        <p class="caption">{t('score.note', { share: formatShare(0.95) })}</p>
      </Section>
      <div class="score-more">
        {expected !== null && <ExpectedSection expected={expected} coverage={scores.month.intervalCoverage} />}
        <ReliabilitySection groups={scores.reliability} />
        <LiftChart map={scores.lift.map} move={scores.lift.move} />
      </div>
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
          {t('score.interval', { low: formatRatio(interval.low), high: formatRatio(interval.high) })}
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
        {score.days > 1
          ? t('score.partOfDays', { share: share(1), days: formatDecimal(score.days, 1) })
          : share(score.days)}
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
    <Section title={t('expect.title')} aside={t('expect.aside')} isWide>
      <table class="scores">
        <thead>
          <tr>
            <th scope="col">{t('expect.distance')}</th>
            <th scope="col">{t('expect.longs')}</th>
            <th scope="col">{t('risk.interval', { share: formatShare(0.8) })}</th>
            <th scope="col">{t('expect.shorts')}</th>
            <th scope="col">{t('risk.interval', { share: formatShare(0.8) })}</th>
          </tr>
        </thead>
        <tbody>
          {expected.map(({ distance, long, short }) => (
            <tr key={distance}>
              <th scope="row">{formatShare(distance, 0)}</th>
              <td>{formatUsd(long.usd)}</td>
              <td>{rangeText(long)}</td>
              <td>{formatUsd(short.usd)}</td>
              <td>{rangeText(short)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="caption">
        {coverage === null ? t('expect.tooFew') : t('expect.held', { share: formatShare(coverage) })}
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
    <Section title={t('reliability.title')} aside={t('reliability.aside')}>
      <table class="scores reliability">
        <thead>
          <tr>
            <th scope="col">{t('reliability.tenth')}</th>
            <th scope="col">{t('reliability.bars')}</th>
            <th scope="col" class="key is-expected">
              {t('score.expected')}
            </th>
            <th scope="col" class="key">
              {t('score.observed')}
            </th>
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
