import './LiquidatedTotals.css';
import { recordedText } from '@/components/recorded-text';
import { Section } from '@/components/Section';
import { formatRoughPrice, formatSpan, formatUsd } from '@/lib/core/format';
import { formatMoment } from '@/lib/core/format-time';
import { DAY_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import {
  bothUsd,
  DAY_WINDOW,
  LIQUIDATION_WINDOWS_MS,
  type LiquidatedSums,
  type LiquidationBoard,
} from '@/lib/market/realised';
import { venueName } from '@/lib/market/venue-facts';

import { noneWords } from './none-words';
import { SumsTable } from './SumsTable';

/** All of them stand in the report below. */
const MOST_ASSETS = 10;

/** What was liquidated in the whole market: by window, by venue, by class and by asset, with the largest single ones. */
export function LiquidatedTotals({ board }: { board: LiquidationBoard }) {
  const ofDay = board.total[DAY_WINDOW];
  const day = formatSpan(DAY_MS);
  const none = noneWords(board);
  const byVenue = board.venues.filter(({ sums }) => sums.length > 0);
  return (
    <div class="totals">
      <Section title={t('sums.all')} aside={t(board.isWhole ? 'sums.asReported' : 'sums.reading')}>
        <SumsTable
          none={none}
          name={t('column.window')}
          // No feed was ever heard: its sums are no zeros.
          rows={(byVenue.length === 0 ? [] : board.total).map((sums, i) => ({
            name: formatSpan(LIQUIDATION_WINDOWS_MS[i]),
            sums,
            note: recordedText(recordedShare(board, i)),
            isKnown: isKnown(sums, recordedShare(board, i)),
          }))}
        />
        <p class="caption">{t('sums.correctedWhy')}</p>
        {board.lostCount > 0 && <p class="caption">{t('sums.lost', { count: board.lostCount })}</p>}
      </Section>
      <Section
        title={t('sums.byVenue', { span: day })}
        aside={byVenue.length === 0 ? undefined : t('sums.inAll', { usd: formatUsd(bothUsd(ofDay)) })}
      >
        <SumsTable
          none={none}
          name={t('column.venue')}
          rows={byVenue.map(({ venueId, feed, sums, recordedShares }) => ({
            name: venueName(venueId),
            sums: sums[DAY_WINDOW],
            note: t('sums.feedRecorded', {
              feed: t(`feed.${feed}`),
              recorded: recordedText(recordedShares[DAY_WINDOW]),
            }),
            isKnown: isKnown(sums[DAY_WINDOW], recordedShares[DAY_WINDOW]),
          }))}
        />
      </Section>
      <Section title={t('sums.byAsset', { span: day })} aside={t('sums.largestFirst')}>
        <SumsTable
          none={none}
          name={t('column.asset')}
          rows={board.assets
            .slice(0, MOST_ASSETS)
            .map(({ baseAsset, sums }) => ({ name: baseAsset, sums: sums[DAY_WINDOW], note: '' }))}
        />
      </Section>
      <Section title={t('sums.largest')} aside={t('sums.byWindow')}>
        <LargestTable largest={board.largest} none={none} />
      </Section>
      <Section title={t('sums.byClass', { span: day })}>
        <SumsTable
          none={none}
          name={t('column.class')}
          rows={board.classes.map(({ assetClass, sums }) => ({
            name: t(`class.${assetClass}`),
            sums: sums[DAY_WINDOW],
            note: '',
          }))}
        />
      </Section>
    </div>
  );
}

/** Of a window, on the average of all feeds: each may have been recorded at other times. */
function recordedShare({ venues }: LiquidationBoard, window: number): number {
  const feeds = venues.filter(({ feed }) => feed !== 'none');
  return feeds.reduce((sum, { recordedShares }) => sum + recordedShares[window] / feeds.length, 0);
}

/** A venue may state sums of a time in which nobody listened. */
const isKnown = (sums: LiquidatedSums, share: number): boolean => share > 0 || bothUsd(sums) > 0;

function LargestTable({ largest, none }: Pick<LiquidationBoard, 'largest'> & { readonly none: string }) {
  if (largest.every((event) => event === null)) return <p class="quiet">{none}</p>;
  return (
    <table class="sums">
      <thead>
        <tr>
          <th scope="col">{t('column.window')}</th>
          <th scope="col" class="figure">
            USD
          </th>
          <th scope="col">{t('column.position')}</th>
          <th scope="col" class="figure">
            {t('column.price')}
          </th>
          <th scope="col" class="figure">
            UTC
          </th>
        </tr>
      </thead>
      <tbody>
        {largest.map(
          (event, i) =>
            event !== null && (
              <tr key={i}>
                <th scope="row">{formatSpan(LIQUIDATION_WINDOWS_MS[i])}</th>
                <td class={`figure ${event.positionSide}`}>
                  <strong>{formatUsd(event.usd)}</strong>
                </td>
                <td>
                  {event.baseAsset} {t(event.positionSide === 'long' ? 'own.long' : 'own.short')}
                  <span class="caption"> {venueName(event.venueId)}</span>
                </td>
                <td class="figure">{formatRoughPrice(event.bankruptcyPrice, 7)}</td>
                <td class="figure quiet">{formatMoment(event.timeMs)}</td>
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}
