import './Report.css';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { RadioGroup } from '@/components/RadioGroup';
import {
  formatDistance,
  formatFundingRate,
  formatRoughPrice,
  formatShare,
  formatSpan,
  formatUsd,
  NOTHING,
} from '@/lib/core/format';
import { DAY_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import type { Contract, ContractId } from '@/lib/market/contract';
import { bothUsd, DAY_WINDOW, type LiquidationBoard } from '@/lib/market/realised';
import type { MarketReport, ReportRow } from '@/lib/market/report';
import { venueName } from '@/lib/market/venue-facts';

import { missingWords } from './missing-words';
import {
  NEAR,
  REPORT_CLASSES,
  REPORT_COLUMNS,
  type ReportClass,
  type ReportColumn,
  type ReportOrder,
  reportRows,
  withBoard,
} from './report-rows';
import { SplitBar } from './SplitBar';

interface Props {
  readonly report: MarketReport;
  /** Null before it is told. */
  readonly board: LiquidationBoard | null;
  /** The market on display, marked in the table. */
  readonly marketId: string | null;
  /** Those whose maps are on their way, or there. */
  readonly asked: readonly ContractId[];
  /** Wants the map of a contract's market. */
  readonly onAsk: (id: ContractId) => void;
  readonly onChoose: (contract: Pick<Contract, 'id'>) => void;
}

/** Every asset in a row: sorted by a click on a column, found by a part of its name, shown by a click on it. */
export function Report({ report, board, marketId, asked, onAsk, onChoose }: Props) {
  const { venues } = report;
  const rows = withBoard(report.rows, board);
  const [assetClass, setClass] = useState<ReportClass>('all');
  const [query, setQuery] = useState('');
  const [order, setOrder] = useState<ReportOrder>({ column: 'liquidated', isDescending: true });
  const shown = reportRows(rows, assetClass, query, order);
  const most = Math.max(...rows.map(({ liquidated }) => bothUsd(liquidated[DAY_WINDOW])), 1);
  const isHeard = board?.isWhole === true && board.venues.some((venue) => venue.recordedShares[DAY_WINDOW] > 0);
  const sortBy = (column: ReportColumn) =>
    setOrder({ column, isDescending: order.column !== column || !order.isDescending });
  return (
    <section class="section report-section" aria-label={t('report.title')}>
      <div class="section-head">
        <h2>{t('report.title')}</h2>
        <RadioGroup
          label={t('report.assets')}
          look="segments"
          options={REPORT_CLASSES.map((each) => ({ value: each, content: t(`class.${each}`) }))}
          value={assetClass}
          onChange={setClass}
        />
        <input
          class="report-filter"
          type="text"
          aria-label={t('report.filterLabel')}
          placeholder={t('report.filter')}
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
      </div>
      <div class="report-scroll" tabIndex={0} role="region" aria-label={t('report.assets')}>
        <table class="report">
          <thead>
            <tr>
              <th scope="col">{t('column.asset')}</th>
              {REPORT_COLUMNS.map(({ id, title }) => (
                <th
                  key={id}
                  scope="col"
                  data-column={id}
                  aria-sort={id !== order.column ? 'none' : order.isDescending ? 'descending' : 'ascending'}
                >
                  <button type="button" onClick={() => sortBy(id)}>
                    {t(title, { reach: formatShare(NEAR, 0), span: formatSpan(DAY_MS) })}
                    {id === order.column && (order.isDescending ? ' ↓' : ' ↑')}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row
                key={row.marketId}
                row={row}
                most={most}
                isHeard={isHeard}
                isShown={row.marketId === marketId}
                onAsk={asked.includes(row.contractId) ? null : () => onAsk(row.contractId)}
                onChoose={() => onChoose({ id: row.contractId })}
              />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && (
          <p class="quiet" role="status">
            {rows.length > 0
              ? t('report.noMatch')
              : venues.some(({ problem }) => problem === null) && t('report.asking')}
          </p>
        )}
      </div>
      {missingWords(venues).map((text) => (
        <p key={text} class="caption" role="status">
          {text}
        </p>
      ))}
    </section>
  );
}

interface RowProps {
  readonly row: ReportRow;
  /** What the largest bar stands for, USD. */
  readonly most: number;
  /** Whether liquidations were recorded: else nothing is no zero. */
  readonly isHeard: boolean;
  readonly isShown: boolean;
  /** Null once its map was asked for. */
  readonly onAsk: (() => void) | null;
  readonly onChoose: () => void;
}

function Row({ row, most, isHeard, isShown, onAsk, onChoose }: RowProps) {
  const { baseAsset, price, change24h, liquidated, fundingRate, map, missingVenueIds } = row;
  const sums = liquidated[DAY_WINDOW];
  const usd = bothUsd(sums);
  const near = map?.atRisk.find(({ distance }) => distance === NEAR);
  return (
    <tr aria-current={isShown ? 'true' : undefined}>
      <th scope="row">
        <button type="button" title={t('report.show', { asset: baseAsset })} onClick={onChoose}>
          {baseAsset}
        </button>
      </th>
      <Cell column="price" value={price} format={(usd) => formatRoughPrice(usd, 6)} />
      <Cell column="change" value={change24h} format={formatDistance} />
      {map === null && onAsk !== null && !isShown ? (
        <td data-column="longs">
          <AskButton asset={baseAsset} onAsk={onAsk} />
        </td>
      ) : (
        <Cell column="longs" value={near?.longUsd} format={formatUsd} look="long" />
      )}
      <Cell column="shorts" value={near?.shortUsd} format={formatUsd} look="short" />
      <Cell column="below" value={map?.nearestLong?.distance} format={formatDistance} />
      <Cell column="above" value={map?.nearestShort?.distance} format={formatDistance} />
      <Cell
        column="liquidated"
        value={isHeard || usd > 0 ? usd : null}
        format={() => (
          <span class="report-liquidated">
            {formatUsd(usd)} <SplitBar {...sums} mostUsd={most} />
          </span>
        )}
      />
      <Cell
        column="funding"
        value={fundingRate}
        format={(rate) => formatFundingRate(rate, row.fundingIntervalMs ?? NaN)}
      />
      <Cell column="openInterestChange" value={row.openInterestChange24h} format={formatDistance} />
      <Cell
        column="openInterest"
        value={row.openInterestUsd}
        format={formatUsd}
        hint={
          missingVenueIds.length === 0
            ? undefined
            : t('report.without', { venues: missingVenueIds.map(venueName).join(', ') })
        }
      />
    </tr>
  );
}

/** Why nothing is told of what is at risk, and how it is. */
function AskButton({ asset, onAsk }: { readonly asset: string; readonly onAsk: () => void }) {
  const words = t('report.estimate', { asset });
  return (
    <button type="button" class="quiet" title={words} aria-label={words} onClick={onAsk}>
      +
    </button>
  );
}

interface CellProps {
  readonly column: ReportColumn;
  /** Nothing where it is not known. */
  readonly value: number | null | undefined;
  readonly format: (value: number) => ComponentChildren;
  readonly look?: 'long' | 'short';
  readonly hint?: string | undefined;
}

function Cell({ column, value, format, look, hint }: CellProps) {
  const isKnown = typeof value === 'number';
  return (
    <td data-column={column} title={hint} class={isKnown ? look : 'quiet'}>
      {isKnown ? format(value) : NOTHING}
    </td>
  );
}
