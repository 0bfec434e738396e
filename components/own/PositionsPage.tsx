import { useEffect } from 'preact/hooks';

import { useModel } from '@/components/panel/use-model';
import { Section } from '@/components/Section';
import { formatDistance, formatPrice, formatUsd, formatUsdRange, formatRoughPrice, NOTHING } from '@/lib/core/format';
import { digitsOfTick } from '@/lib/core/num';
import { t } from '@/lib/i18n/words';
import { type Contract, venueIdOf } from '@/lib/market/contract';
import type { OwnPositionRow } from '@/lib/market/own-position';
import { venueName } from '@/lib/market/venue-facts';

import { useEdited } from './DraftForm';
import { textFromNumber } from './numbers';
import type { OwnModel } from './own-model';
import { baseUnit, draftFromPosition, emptyDraft, marginUnit } from './position-draft';
import { PositionForm } from './PositionForm';
import { RowActions } from './RowActions';

/** Of sizes and margins, as they were entered. */
const FIGURES = 8;

interface Props {
  readonly model: OwnModel;
  /** What the rest of the page shows: the likely one of a new position. */
  readonly contract: Contract | null;
  readonly contracts: readonly Contract[] | null;
  readonly onListContracts: () => void;
}

/** The user's own positions: where each is liquidated, how far that is, what of others lies on the way. */
export function PositionsPage({ model, contract, contracts, onListContracts }: Props) {
  const { positions } = useModel(model);
  useEffect(() => model.watchPositions(), [model]);
  const { editedId, newId, takesFocus, edit, end } = useEdited();
  const edited = positions?.find(({ position }) => position.id === editedId) ?? null;
  return (
    <div class="page positions">
      <Section title={t('own.label')} aside={t('positions.onDevice')}>
        {positions === null ? (
          <p role="status">{t('own.waiting')}</p>
        ) : positions.length === 0 ? (
          <p>{t('positions.none')}</p>
        ) : (
          <PositionsTable rows={positions} onEdit={edit} onRemove={(id) => model.removePosition(id)} />
        )}
      </Section>
      <Section title={edited === null ? t('positions.add') : t('positions.change')}>
        <PositionForm
          key={edited?.position.id ?? newId}
          initial={edited === null ? emptyDraft(contract) : draftFromPosition(edited.position, edited.contract)}
          positionId={edited?.position.id ?? newId}
          isNew={edited === null}
          takesFocus={takesFocus}
          contracts={contracts}
          onListContracts={onListContracts}
          onSave={(position) => {
            model.savePosition(position);
            end();
          }}
          onCancel={end}
        />
        <p class="caption form-note">{t('positions.note')}</p>
      </Section>
    </div>
  );
}

interface TableProps {
  readonly rows: readonly OwnPositionRow[];
  readonly onEdit: (id: string) => void;
  readonly onRemove: (id: string) => void;
}

const PositionsTable = ({ rows, onEdit, onRemove }: TableProps) => (
  <div class="own-scroll">
    <table class="own-table">
      <thead>
        <tr>
          <th scope="col">{t('own.contract')}</th>
          <th scope="col">{t('own.side')}</th>
          <th scope="col">{t('positions.liquidation')}</th>
          <th scope="col">{t('positions.distance')}</th>
          <th scope="col" title={t('positions.othersWhy')}>
            {t('positions.others')}
          </th>
          <th scope="col">{t('positions.size')}</th>
          <th scope="col">{t('positions.entry')}</th>
          <th scope="col">{t('positions.margin')}</th>
          <th scope="col">{t('positions.mark')}</th>
          <th scope="col">
            <span class="visually-hidden">{t('own.changeColumn')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <PositionRow key={row.position.id} row={row} onEdit={onEdit} onRemove={onRemove} />
        ))}
      </tbody>
    </table>
  </div>
);

function PositionRow({ row, onEdit, onRemove }: { row: OwnPositionRow } & Omit<TableProps, 'rows'>) {
  const { position, contract, liquidationPrice, tiersSource, markPrice, between } = row;
  const { id, contractId, positionSide } = position;
  const digits = digitsOfTick(contract?.tickSize ?? NaN);
  const symbol = contractId.slice(contractId.indexOf(':') + 1);
  const isBundled = tiersSource === 'bundled';
  return (
    <tr>
      <th scope="row">
        {symbol} <small class="quiet">{venueName(venueIdOf(contractId))}</small>
      </th>
      <td class={positionSide} data-label={t('own.side')}>
        {positionSide === 'long' ? t('own.long') : t('own.short')}
      </td>
      <td data-label={t('positions.liquidation')} title={isBundled ? t('positions.bundledWhy') : ''}>
        {contract === null ? (
          <span class="quiet">{t('own.noData')}</span>
        ) : liquidationPrice === null ? (
          t('positions.never')
        ) : (
          <strong>
            {formatPrice(liquidationPrice, digits)}
            {isBundled && <span class="quiet"> {t('positions.bundled')}</span>}
          </strong>
        )}
      </td>
      <td class={positionSide} data-label={t('positions.distance')}>
        {liquidationPrice === null || markPrice === null ? (
          <None />
        ) : (
          formatDistance(liquidationPrice / markPrice - 1, 2)
        )}
      </td>
      <td
        data-label={t('positions.others')}
        title={between === null ? t('positions.othersUnknown') : formatUsdRange(between.range)}
      >
        {between === null ? <None /> : formatUsd(between.usd)}
      </td>
      <td data-label={t('positions.size')}>
        {formatRoughPrice(position.size, FIGURES)}{' '}
        {position.sizeUnit === 'usd' ? 'USD' : contract === null ? '' : baseUnit(contract)}
      </td>
      <td data-label={t('positions.entry')}>{formatPrice(position.entryPrice, digits)}</td>
      <td data-label={t('positions.margin')}>{marginWords(row)}</td>
      <td data-label={t('positions.mark')}>{markPrice === null ? <None /> : formatPrice(markPrice, digits)}</td>
      <td>
        <RowActions what={symbol} onEdit={() => onEdit(id)} onRemove={() => onRemove(id)} />
      </td>
    </tr>
  );
}

const None = () => <span class="quiet">{NOTHING}</span>;

function marginWords({ position: { margin }, contract }: OwnPositionRow): string {
  const unit = contract === null ? '' : ` ${marginUnit(contract)}`;
  if (margin.kind === 'leverage') return t('positions.leverageIsolated', { leverage: textFromNumber(margin.leverage) });
  return margin.kind === 'isolated'
    ? t('positions.marginIsolated', { margin: `${formatRoughPrice(margin.margin, FIGURES)}${unit}` })
    : t('positions.marginCross', { margin: `${formatRoughPrice(margin.balance, FIGURES)}${unit}` });
}
