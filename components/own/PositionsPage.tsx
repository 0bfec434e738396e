import { useEffect, useState } from 'preact/hooks';

import { Section } from '@/components/Section';
import { formatDistance, formatPrice, formatUsd, formatUsdRange, NOTHING } from '@/lib/core/format';
import { type Contract, venueIdOf } from '@/lib/market/contract';
import type { OwnPositionRow } from '@/lib/market/own-position';
import { venueName } from '@/lib/market/venue-facts';

import type { OwnModel } from './own-model';
import { baseUnit, draftFromPosition, emptyDraft, marginUnit } from './position-draft';
import { PositionForm } from './PositionForm';
import { useOwn } from './use-own';

interface Props {
  readonly model: OwnModel;
  /** What the rest of the page shows: the likely one of a new position. */
  readonly contract: Contract | null;
  readonly contracts: readonly Contract[] | null;
  readonly onListContracts: () => void;
}

/** The user's own positions: where each is liquidated, how far that is, what of others lies on the way. */
export function PositionsPage({ model, contract, contracts, onListContracts }: Props) {
  const { positions } = useOwn(model);
  useEffect(() => model.watchPositions(), [model]);
  const [editedId, setEditedId] = useState<string | null>(null);
  const [newId, setNewId] = useState(() => crypto.randomUUID());
  const edited = positions?.find(({ position }) => position.id === editedId) ?? null;
  return (
    <div class="page">
      <Section title="Your positions" aside="on this device only">
        {positions === null ? (
          <p role="status">Waiting for the background.</p>
        ) : positions.length === 0 ? (
          <p>Enter a position to see where it would be liquidated, here and on every chart of its market.</p>
        ) : (
          <PositionsTable rows={positions} onEdit={setEditedId} onRemove={(id) => model.removePosition(id)} />
        )}
      </Section>
      <Section title={edited === null ? 'Add a position' : 'Change the position'}>
        <PositionForm
          key={edited?.position.id ?? `${newId}${contract?.id}`}
          initial={edited === null ? emptyDraft(contract) : draftFromPosition(edited.position, edited.contract)}
          positionId={edited?.position.id ?? newId}
          isNew={edited === null}
          contracts={contracts}
          onListContracts={onListContracts}
          onSave={(position) => {
            model.savePosition(position);
            setEditedId(null);
            setNewId(crypto.randomUUID());
          }}
          onCancel={() => setEditedId(null)}
        />
        <p class="caption form-note">
          One-way mode, by the venue’s rule and present risk tiers. Funding, other positions of a cross account that
          move, and staged reduction of large positions are not in it.
        </p>
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
          <th scope="col">Contract</th>
          <th scope="col">Side</th>
          <th scope="col">Size</th>
          <th scope="col">Entry</th>
          <th scope="col">Margin</th>
          <th scope="col">Mark</th>
          <th scope="col">Liquidation</th>
          <th scope="col">Distance</th>
          <th scope="col" title="USD of others’ positions between the mark and there">
            Others before it
          </th>
          <th scope="col">
            <span class="visually-hidden">Change</span>
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

const NUMBER = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 8 });

function PositionRow({ row, onEdit, onRemove }: { row: OwnPositionRow } & Omit<TableProps, 'rows'>) {
  const { position, contract, liquidationPrice, tiersSource, markPrice, between } = row;
  const { id, contractId, positionSide } = position;
  const digits = contract === null ? 2 : Math.max(0, Math.ceil(-Math.log10(contract.tickSize) - 1e-9));
  const symbol = contractId.slice(contractId.indexOf(':') + 1);
  const isBundled = tiersSource === 'bundled';
  return (
    <tr>
      <th scope="row">
        {symbol} <small class="quiet">{venueName(venueIdOf(contractId))}</small>
      </th>
      <td class={positionSide}>{positionSide === 'long' ? 'Long' : 'Short'}</td>
      <td>
        {NUMBER.format(position.size)}{' '}
        {position.sizeUnit === 'usd' ? 'USD' : contract === null ? '' : baseUnit(contract)}
      </td>
      <td>{formatPrice(position.entryPrice, digits)}</td>
      <td>{marginWords(row)}</td>
      <td>{markPrice === null ? <None /> : formatPrice(markPrice, digits)}</td>
      <td title={isBundled ? 'By the risk tiers bundled with this version: the venue tells none now' : ''}>
        {contract === null ? (
          <span class="quiet">no data</span>
        ) : liquidationPrice === null ? (
          'never'
        ) : (
          <strong>
            {formatPrice(liquidationPrice, digits)}
            {isBundled && <span class="quiet"> bundled tiers</span>}
          </strong>
        )}
      </td>
      <td class={positionSide}>
        {liquidationPrice === null || markPrice === null ? (
          <None />
        ) : (
          formatDistance(liquidationPrice / markPrice - 1, 2)
        )}
      </td>
      <td title={between === null ? 'Known while a chart or page shows its market' : formatUsdRange(between.range)}>
        {between === null ? <None /> : formatUsd(between.usd)}
      </td>
      <td>
        <button type="button" class="button is-small" onClick={() => onEdit(id)} aria-label={`Edit ${symbol}`}>
          Edit
        </button>{' '}
        <button type="button" class="button is-small" onClick={() => onRemove(id)} aria-label={`Remove ${symbol}`}>
          Remove
        </button>
      </td>
    </tr>
  );
}

const None = () => <span class="quiet">{NOTHING}</span>;

function marginWords({ position: { margin }, contract }: OwnPositionRow): string {
  const unit = contract === null ? '' : ` ${marginUnit(contract)}`;
  if (margin.kind === 'leverage') return `${margin.leverage}x isolated`;
  return margin.kind === 'isolated'
    ? `${NUMBER.format(margin.margin)}${unit} isolated`
    : `${NUMBER.format(margin.balance)}${unit} cross`;
}
