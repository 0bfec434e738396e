import './LiquidatedTotals.css';
import { Section } from '@/components/Section';
import { formatRoughPrice, formatShare, formatSpan, formatUsd } from '@/lib/core/format';
import { formatMoment } from '@/lib/core/format-time';
import { DAY_MS } from '@/lib/core/time';
import type { AssetClass } from '@/lib/market/asset-class';
import { LIQUIDATION_WINDOWS_MS, type LiquidationBoard } from '@/lib/market/realised';
import { venueName } from '@/lib/market/venue-facts';

import { SumsTable } from './SumsTable';

/** The venues' and assets' rows are of the last 24 hours. */
const DAY_WINDOW = LIQUIDATION_WINDOWS_MS.indexOf(DAY_MS);
const MOST_ASSETS = 20;

const CLASS_NAMES: Readonly<Record<AssetClass, string>> = {
  major: 'Majors',
  altcoin: 'Altcoins',
  gold: 'Gold',
  silver: 'Silver',
  commodity: 'Commodities',
  equity: 'Equities',
  index: 'Indices',
};

/** What was liquidated in the whole market: by window, by venue, by class and by asset, with the largest single ones. */
export function LiquidatedTotals({ board }: { board: LiquidationBoard }) {
  const ofDay = board.total[DAY_WINDOW];
  const byVenue = board.venues.filter(({ sums }) => sums.length > 0);
  return (
    <div class="totals">
      <Section title="Liquidated, all venues" aside={board.isWhole ? 'as reported' : 'still reading what was stored'}>
        <SumsTable
          name="Window"
          rows={board.total.map((sums, i) => ({ name: formatSpan(LIQUIDATION_WINDOWS_MS[i]), sums, note: '' }))}
        />
        <p class="caption">
          Corrected: an estimate of all there were, where a feed tells at most one a second of a contract.
        </p>
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
      <Section title="Largest single ones" aside="by window">
        <LargestTable largest={board.largest} />
      </Section>
      <Section title="By class, 24h">
        <SumsTable
          name="Class"
          rows={board.classes.map(({ assetClass, sums }) => ({
            name: CLASS_NAMES[assetClass],
            sums: sums[DAY_WINDOW],
            note: '',
          }))}
        />
      </Section>
    </div>
  );
}

function LargestTable({ largest }: Pick<LiquidationBoard, 'largest'>) {
  if (largest.every((event) => event === null)) return <p class="quiet">Nothing was recorded yet.</p>;
  return (
    <table class="sums">
      <thead>
        <tr>
          <th scope="col">Window</th>
          <th scope="col" class="figure">
            USD
          </th>
          <th scope="col">Position</th>
          <th scope="col" class="figure">
            Price
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
                  {event.baseAsset} {event.positionSide}
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
