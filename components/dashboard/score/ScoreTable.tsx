import { formatDecimal, formatRatio, formatShare, formatUsd, NOTHING } from '@/lib/core/format';
import { formatDay } from '@/lib/core/format-time';
import { t } from '@/lib/i18n/words';
import type { FigureInterval, Score } from '@/lib/market/score';

import type { Scores } from './daily-scores';

/** The score in all and day by day. */
export const ScoreTable = ({ month, days }: { month: Score; days: Scores['days'] }) => (
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
      <ScoreRow name={t('score.all')} score={month} />
      {days.map(({ startMs, score }) => (
        <ScoreRow key={startMs} name={formatDay(startMs)} score={score} />
      ))}
    </tbody>
  </table>
);

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
