import { formatDecimal, formatRatio, formatShare, formatUsd, formatUsdRange, NOTHING } from '@/lib/core/format';
import { formatDay } from '@/lib/core/format-time';
import { DAY_MS, floorToStep } from '@/lib/core/time';
import type { BarScore, ExpectedLiquidation, FigureInterval, Score } from '@/lib/market/score';
import type { ExpectedAt } from '@/lib/market/summary';
import { scoreFromRows } from '@/lib/model/score-from-rows';
import english from '@/public/words/en.json';

import type { ScoreRows } from './score-rows';
import type { Panels, Told } from './shown';

const SCORES = '.page > .section > .section-wide > .scores tbody tr';

/** The page of scores: what the background sums up of them and what is stored of each bar. */
export const scorePanels =
  (rows: ScoreRows) =>
  ({ summary: told }: Told): Panels => {
    if (told === undefined) return {};
    const { observed, learning } = told.summary;
    if (learning.month === null) return {};
    return {
      '.known tbody tr:nth-child(1) strong': observed.map(({ accounts }) => String(accounts)),
      '.known tbody tr:nth-child(2) strong': observed.map(({ longShare }) => formatShare(longShare)),
      '.known tbody tr:nth-child(3) strong': observed.map(({ shortShare }) => formatShare(shortShare)),
      [SCORES]: [scoreText('All', learning.month), ...dayTexts(rows)],
      '.score-more .section-wide tbody tr': learning.expected.map(expectedText),
      '.score-more .section-wide .caption': [
        learning.month.intervalCoverage === null
          ? english['expect.tooFew']
          : english['expect.held'].replace('{share}', formatShare(learning.month.intervalCoverage)),
      ],
      '.reliability tbody tr': reliabilityTexts(rows.bars),
      '.lift tbody tr': [0.05, 0.1, 0.25, 0.5].map(
        (share) =>
          formatShare(share) +
          formatShare(shareOfTop(rows.bars, share, 'expected')) +
          formatShare(shareOfTop(rows.bars, share, 'move')),
      ),
    };
  };

const ratioText = (value: number | null): string => (value === null ? NOTHING : formatRatio(value));

const withInterval = (value: number | null, interval: FigureInterval | null): string =>
  ratioText(value) + (interval === null ? '' : `${formatRatio(interval.low)} to ${formatRatio(interval.high)}`);

/** A row of the table, cell by cell: the map's figures, each with that of the null model behind it. */
const scoreText = (name: string, score: Score): string =>
  [
    name,
    score.days > 1 ? `100% of a day × ${formatDecimal(score.days, 1)}` : formatShare(score.days),
    String(score.eventCount),
    withInterval(score.rankCorrelation, score.rankCorrelationInterval),
    ratioText(score.moveRankCorrelation),
    withInterval(score.bitsPerEvent, score.bitsPerEventInterval),
    ratioText(score.dayOldBitsPerEvent),
    score.topTenthShare === null ? NOTHING : formatShare(score.topTenthShare),
    withInterval(score.topTenthLift, score.topTenthLiftInterval),
    formatUsd(score.expectedUsd),
    formatUsd(score.observedUsd),
  ].join('');

/** Newest first. */
function dayTexts({ bars, places }: ScoreRows): string[] {
  const days = [...new Set(bars.map(({ openTimeMs }) => floorToStep(openTimeMs, DAY_MS)))];
  return days.toReversed().map((dayMs) => {
    const isOfDay = (timeMs: number) => floorToStep(timeMs, DAY_MS) === dayMs;
    const ofDay = scoreFromRows(
      bars.filter(({ openTimeMs }) => isOfDay(openTimeMs)),
      places.filter(({ startMs }) => isOfDay(startMs)),
    );
    return scoreText(formatDay(dayMs), ofDay!);
  });
}

const expectedText = ({ distance, long, short }: ExpectedAt): string =>
  [formatShare(distance, 0), ...[long, short].flatMap((each) => [formatUsd(each.usd), rangeText(each)])].join('');

const rangeText = ({ lowUsd, highUsd }: ExpectedLiquidation): string =>
  lowUsd === null || highUsd === null ? NOTHING : formatUsdRange({ lowUsd, highUsd });

const both = ({ long, short }: BarScore['expected']): number => long + short;
const ranked = (bars: readonly BarScore[], by: 'expected' | 'move'): BarScore[] =>
  bars.toSorted((a, b) => both(b[by]) - both(a[by]));
const observedOf = (bars: readonly BarScore[]): number => bars.reduce((sum, bar) => sum + both(bar.observed), 0);

/** Of what was liquidated, the share in the first of the bars by a ranking. */
const shareOfTop = (bars: readonly BarScore[], share: number, by: 'expected' | 'move'): number =>
  observedOf(ranked(bars, by).slice(0, share * bars.length)) / observedOf(bars);

/** Tenths of the bars from the least expected to the most. */
function reliabilityTexts(bars: readonly BarScore[]): string[] {
  const least = ranked(bars, 'expected').toReversed();
  const size = bars.length / 10;
  return Array.from({ length: 10 }, (_, i) => {
    const part = least.slice(i * size, (i + 1) * size);
    const expectedUsd = part.reduce((sum, bar) => sum + both(bar.expected), 0);
    return `${i + 1}${part.length}${formatUsd(expectedUsd)}${formatUsd(observedOf(part))}`;
  });
}
