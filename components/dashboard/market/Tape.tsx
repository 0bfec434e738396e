import './Tape.css';
import { useEffect, useState } from 'preact/hooks';

import { useModel } from '@/components/panel/use-model';
import { RadioGroup } from '@/components/RadioGroup';
import { SideLetter } from '@/components/SideLetter';
import { formatRoughPrice, formatUsd, formatUsdShort } from '@/lib/core/format';
import { formatTime } from '@/lib/core/format-time';
import { t } from '@/lib/i18n/words';
import type { RealisedLiquidation } from '@/lib/market/realised';
import { venueName } from '@/lib/market/venue-facts';

import type { MarketModel } from './market-model';

const SIZES = ['10000', '50000', '1000000'] as const;
/** What stands out in the list. */
const LARGE_USD = 1e6;
const MOST_ROWS = 60;

/** A round sum without its zero, in whatever way the language writes it: `$1M`. */
const roundUsd = (usd: number): string => formatUsdShort(usd).replace(/[.,]0(?!\d)/, '');

/** Every venue's liquidations of at least a size, newest first. */
export function Tape({ model }: { model: MarketModel }) {
  const [size, setSize] = useState<(typeof SIZES)[number]>('10000');
  const { board } = useModel(model);
  useEffect(() => model.watchLiquidations(Number(size)), [model, size]);
  const rows = board?.newest.filter(({ usd }) => usd >= Number(size)).slice(0, MOST_ROWS) ?? [];
  return (
    <section class="section tape" aria-label={t('tape.title')}>
      <div class="section-head">
        <h2>{t('tape.title')}</h2>
        <RadioGroup
          label={t('tape.least')}
          look="segments"
          options={SIZES.map((value) => ({ value, content: `≥${roundUsd(Number(value))}` }))}
          value={size}
          onChange={setSize}
        />
      </div>
      {rows.length === 0 ? (
        <p class="quiet" role="status">
          {board === null || !board.isWhole ? t('tape.reading') : t('tape.empty', { usd: roundUsd(Number(size)) })}
        </p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">UTC</th>
              <th scope="col">
                <span class="visually-hidden">{t('own.side')}</span>
              </th>
              <th scope="col">{t('column.asset')}</th>
              <th scope="col" class="figure">
                {t('column.price')}
              </th>
              <th scope="col" class="figure">
                USD
              </th>
              <th scope="col" class="figure">
                {t('column.venue')}
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
        <SideLetter side={positionSide} />
      </td>
      <td>{baseAsset}</td>
      <td class="figure">{formatRoughPrice(bankruptcyPrice, 6)}</td>
      <td class={`figure ${usd >= LARGE_USD ? positionSide : ''}`}>
        <strong>{formatUsd(usd)}</strong>
      </td>
      <td class="figure quiet">{venueName(venueId)}</td>
    </tr>
  );
}
