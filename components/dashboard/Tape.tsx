import './Tape.css';
import { useEffect, useState } from 'preact/hooks';

import { RadioGroup } from '@/components/RadioGroup';
import { formatRoughPrice, formatUsd } from '@/lib/core/format';
import { formatTime } from '@/lib/core/format-time';
import type { RealisedLiquidation } from '@/lib/market/realised';
import { venueName } from '@/lib/market/venue-facts';

import type { MarketModel } from './market-model';
import { useMarket } from './use-market';

const SIZES = [
  { value: '10000', content: '≥$10K' },
  { value: '50000', content: '≥$50K' },
  { value: '1000000', content: '≥$1M' },
] as const;
/** What stands out in the list. */
const LARGE_USD = 1e6;
const MOST_ROWS = 60;

/** Every venue's liquidations of at least a size, newest first. */
export function Tape({ model }: { model: MarketModel }) {
  const [size, setSize] = useState<(typeof SIZES)[number]['value']>('10000');
  const { board } = useMarket(model);
  useEffect(() => model.watchLiquidations(Number(size)), [model, size]);
  const rows = board?.newest.filter(({ usd }) => usd >= Number(size)).slice(0, MOST_ROWS) ?? [];
  return (
    <section class="section tape" aria-label="Tape">
      <div class="section-head">
        <h2>Tape</h2>
        <RadioGroup label="Least size" look="segments" options={SIZES} value={size} onChange={setSize} />
      </div>
      {rows.length === 0 ? (
        <p class="quiet" role="status">
          {board === null || !board.isWhole
            ? 'Reading what was recorded.'
            : `Nothing of ${formatUsd(Number(size))} or more was recorded lately. It appears here as it happens.`}
        </p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">UTC</th>
              <th scope="col">
                <span class="visually-hidden">Side</span>
              </th>
              <th scope="col">Asset</th>
              <th scope="col" class="figure">
                Price
              </th>
              <th scope="col" class="figure">
                USD
              </th>
              <th scope="col" class="figure">
                Venue
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((event, i) => (
              <TapeRow key={`${event.contractId}${event.timeMs}${event.usd}${i}`} event={event} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function TapeRow({ event }: { event: RealisedLiquidation }) {
  const { timeMs, positionSide, baseAsset, bankruptcyPrice, usd, venueId } = event;
  return (
    <tr>
      <td>{formatTime(timeMs)}</td>
      <td class={positionSide}>
        {positionSide === 'long' ? 'L' : 'S'}
        <span class="visually-hidden">{positionSide === 'long' ? 'ong' : 'hort'}</span>
      </td>
      <td>{baseAsset}</td>
      <td class="figure">{formatRoughPrice(bankruptcyPrice, 7)}</td>
      <td class={`figure ${usd >= LARGE_USD ? positionSide : ''}`}>
        <strong>{formatUsd(usd)}</strong>
      </td>
      <td class="figure quiet">{venueName(venueId)}</td>
    </tr>
  );
}
