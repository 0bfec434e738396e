import { formatUsd, NOTHING } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import { bothUsd, type LiquidatedSums } from '@/lib/market/realised';

import { SplitBar } from './SplitBar';

export interface SumsRow {
  readonly name: string;
  readonly sums: LiquidatedSums;
  readonly note: string;
  /** False where nothing of it was recorded: its sums are no zeros. */
  readonly isKnown?: boolean;
}

interface Props {
  /** Of the first column. */
  readonly name: string;
  readonly rows: readonly SumsRow[];
  /** What is said in place of no rows. */
  readonly none: string;
}

/** Longs left, shorts right, the bar split between them; behind it the estimate of all where feeds leave some out. */
export function SumsTable({ name, rows, none }: Props) {
  if (rows.length === 0) return <p class="quiet">{none}</p>;
  const isCorrected = rows.some(({ sums }) => correctedUsd(sums) > bothUsd(sums));
  return (
    <table class="sums">
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col" class="figure">
            {t('side.longs')}
          </th>
          <th scope="col" aria-hidden="true" />
          <th scope="col">{t('side.shorts')}</th>
          {isCorrected && (
            <th scope="col" class="figure">
              {t('sums.corrected')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name: row, sums, note, isKnown = true }) => (
          <tr key={row} title={t('sums.counts', { longs: sums.longCount, shorts: sums.shortCount })}>
            <th scope="row">
              {row}
              {note !== '' && <span class="caption"> {note}</span>}
            </th>
            <td class="figure long">
              <Sum usd={isKnown ? sums.longUsd : null} />
            </td>
            <td aria-hidden="true">
              <SplitBar longUsd={sums.longUsd} shortUsd={sums.shortUsd} />
            </td>
            <td class="short">
              <Sum usd={isKnown ? sums.shortUsd : null} />
            </td>
            {isCorrected && <td class="figure quiet">{isKnown ? formatUsd(correctedUsd(sums)) : NOTHING}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const Sum = ({ usd }: { readonly usd: number | null }) =>
  usd === null ? <span class="quiet">{t('data.none')}</span> : <strong>{formatUsd(usd)}</strong>;

const correctedUsd = ({ longCorrectedUsd, shortCorrectedUsd }: LiquidatedSums): number =>
  longCorrectedUsd + shortCorrectedUsd;
