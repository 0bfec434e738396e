import { useEffect, useState } from 'preact/hooks';

import { RadioGroup } from '@/components/RadioGroup';
import { formatDistance, formatUsd, NOTHING } from '@/lib/core/format';
import { DAY_MS } from '@/lib/core/time';
import { LIQUIDATION_WINDOWS_MS } from '@/lib/market/realised';
import type { ReportRow } from '@/lib/market/report';

import { LiquidatedTotals } from './LiquidatedTotals';
import type { MarketModel } from './market-model';
import { REPORT_CLASSES, REPORT_COLUMNS, type ReportColumn, reportRows, type ReportClass } from './report-rows';
import { useMarket } from './use-market';

const DAY_WINDOW = LIQUIDATION_WINDOWS_MS.indexOf(DAY_MS);
const PRICE = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

/** The whole market: what was liquidated, and every asset at a glance. */
export function MarketPage({ model }: { model: MarketModel }) {
  const { board, report } = useMarket(model);
  useEffect(() => model.watchReport(), [model]);
  return (
    <div class="page">
      {board === null ? <p role="status">Waiting for the background.</p> : <LiquidatedTotals board={board} />}
      {report === null ? (
        <p class="section quiet" role="status">
          Asking the venues for all their assets.
        </p>
      ) : (
        <Report rows={report.rows} />
      )}
    </div>
  );
}

function Report({ rows }: { rows: readonly ReportRow[] }) {
  const [assetClass, setClass] = useState<ReportClass>('all');
  const [query, setQuery] = useState('');
  const [column, setColumn] = useState<ReportColumn>('openInterest');
  const shown = reportRows(rows, assetClass, query, column);
  return (
    <section class="section" aria-label="Market report">
      <div class="section-head">
        <h2>Market report</h2>
        <RadioGroup label="Assets" look="segments" options={REPORT_CLASSES} value={assetClass} onChange={setClass} />
        <input
          class="report-filter"
          type="text"
          aria-label="Filter assets"
          placeholder="Filter"
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
      </div>
      <table class="report">
        <thead>
          <tr>
            <th scope="col">Asset</th>
            {REPORT_COLUMNS.map(({ id, title }) => (
              <th key={id} scope="col" aria-sort={id === column ? 'descending' : 'none'}>
                <button type="button" onClick={() => setColumn(id)}>
                  {title}
                  {id === column && ' ↓'}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={row.marketId} row={row} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p class="quiet">No asset matches.</p>}
    </section>
  );
}

function Row({ row }: { row: ReportRow }) {
  const { baseAsset, price, change24h, liquidated, fundingRate, openInterestUsd, openInterestChange, map } = row;
  const sums = liquidated[DAY_WINDOW];
  const near = map?.atRisk.find(({ distance }) => distance === 0.05);
  const text = (value: string | null | undefined) => <td>{value ?? <span class="quiet">{NOTHING}</span>}</td>;
  return (
    <tr>
      <th scope="row">{baseAsset}</th>
      {text(PRICE.format(price))}
      {text(change24h === null ? null : formatDistance(change24h))}
      {text(formatUsd(openInterestUsd))}
      {text(openInterestChange === null ? null : formatDistance(openInterestChange.fraction))}
      {text(formatUsd(sums.longUsd + sums.shortUsd))}
      {text(near && formatUsd(near.longUsd))}
      {text(near && formatUsd(near.shortUsd))}
      {text(map?.nearestLong && formatDistance(map.nearestLong.distance))}
      {text(map?.nearestShort && formatDistance(map.nearestShort.distance))}
      {text(fundingRate === null ? null : `${(fundingRate * 100).toFixed(4)}%`.replace('-', '−'))}
    </tr>
  );
}
