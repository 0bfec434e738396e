import { useEffect, useState } from 'preact/hooks';

import { ExportMenu } from '@/components/export/ExportMenu';
import { scoresData } from '@/components/export/score-data';
import { Failed } from '@/components/Failed';
import { Section } from '@/components/Section';
import { formatDecimal, formatShare, formatUsd, formatUsdRange, NOTHING } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { Contract, ContractId } from '@/lib/market/contract';
import type { ObservedLayer } from '@/lib/market/observed';
import type { ExpectedLiquidation } from '@/lib/market/score';
import type { ExpectedAt } from '@/lib/market/summary';

import { readScores, type Scores, type ScoreSource } from './daily-scores';
import { KnownSection } from './KnownSection';
import { LiftChart } from './LiftChart';
import { ReliabilitySection } from './ReliabilitySection';
import { ScoreTable } from './ScoreTable';

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
        <ScoreTable month={scores.month} days={scores.days} />
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
