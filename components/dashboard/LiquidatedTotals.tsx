import './LiquidatedTotals.css';
import { Section } from '@/components/Section';
import { formatShare, formatUsd } from '@/lib/core/format';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { LIQUIDATION_WINDOWS_MS, type LiquidatedSums, type LiquidationBoard } from '@/lib/market/realised';
import { venueName } from '@/lib/market/venue-facts';

import { SplitBar } from './SplitBar';

/** The venues' and assets' rows are of the last 24 hours. */
const DAY_WINDOW = LIQUIDATION_WINDOWS_MS.indexOf(DAY_MS);
const MOST_ASSETS = 20;

const windowText = (ms: number): string =>
  ms < HOUR_MS ? `${ms / MINUTE_MS}m` : ms <= DAY_MS ? `${ms / HOUR_MS}h` : `${ms / DAY_MS}d`;

/** What was liquidated in the whole market: by window, by venue and by asset. */
export function LiquidatedTotals({ board }: { board: LiquidationBoard }) {
  const ofDay = board.total[DAY_WINDOW];
  const byVenue = board.venues.filter(({ sums }) => sums.length > 0);
  return (
    <div class="totals">
      <Section title="Liquidated, all venues" aside={board.isWhole ? 'as reported' : 'still reading what was stored'}>
        <SumsTable
          name="Window"
          rows={board.total.map((sums, i) => ({ name: windowText(LIQUIDATION_WINDOWS_MS[i]), sums, note: '' }))}
        />
        {board.lostCount > 0 && <p class="caption">{board.lostCount} events were counted but could not be stored.</p>}
      </Section>
      <Section title="By venue, 24h" aside={`${formatUsd(ofDay.longUsd + ofDay.shortUsd)} in all`}>
        <SumsTable
          name="Venue"
          rows={byVenue.map(({ venueId, feed, sums, recordedShares }) => ({
            name: venueName(venueId),
            sums: sums[DAY_WINDOW],
            note: `${feed} feed, ${formatShare(recordedShares[DAY_WINDOW])} recorded`,
          }))}
        />
      </Section>
      <Section title="By asset, 24h" aside="largest first">
        <SumsTable
          name="Asset"
          rows={board.assets
            .slice(0, MOST_ASSETS)
            .map(({ baseAsset, sums }) => ({ name: baseAsset, sums: sums[DAY_WINDOW], note: '' }))}
        />
      </Section>
    </div>
  );
}

interface SumsRow {
  readonly name: string;
  readonly sums: LiquidatedSums;
  readonly note: string;
}

/** Longs left, shorts right, the bar split between them. */
function SumsTable({ name, rows }: { name: string; rows: readonly SumsRow[] }) {
  if (rows.length === 0) return <p class="quiet">Nothing was recorded yet.</p>;
  return (
    <table class="sums">
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col" class="figure">
            Longs
          </th>
          <th scope="col" aria-hidden="true" />
          <th scope="col">Shorts</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name: row, sums: { longUsd, shortUsd, longCount, shortCount }, note }) => (
          <tr key={row} title={`${longCount} longs, ${shortCount} shorts`}>
            <th scope="row">
              {row}
              {note !== '' && <span class="caption"> {note}</span>}
            </th>
            <td class="figure long">
              <strong>{formatUsd(longUsd)}</strong>
            </td>
            <td aria-hidden="true">
              <SplitBar longUsd={longUsd} shortUsd={shortUsd} />
            </td>
            <td class="short">
              <strong>{formatUsd(shortUsd)}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
