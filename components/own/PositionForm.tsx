import { useState } from 'preact/hooks';

import { RadioGroup } from '@/components/RadioGroup';
import type { Contract } from '@/lib/market/contract';
import type { OwnMargin, OwnPosition } from '@/lib/market/own-position';

import { ContractField } from './ContractField';
import { Field, NumberField } from './Field';
import {
  baseUnit,
  type DraftErrors,
  isPosition,
  marginUnit,
  type PositionDraft,
  positionFromDraft,
} from './position-draft';

const SIDES = [
  { value: 'long', content: 'Long' },
  { value: 'short', content: 'Short' },
] as const;
const MARGINS = [
  { value: 'leverage', content: 'Leverage', title: 'Isolated, with the margin of this leverage' },
  { value: 'isolated', content: 'Isolated margin', title: 'Isolated, with the margin that the venue shows' },
  { value: 'cross', content: 'Cross balance', title: 'The account’s balance less what its other positions need' },
] as const satisfies readonly { readonly value: OwnMargin['kind']; readonly content: string; readonly title: string }[];

interface Props {
  readonly initial: PositionDraft;
  /** Of the position that is changed, or a new one's. */
  readonly positionId: string;
  readonly isNew: boolean;
  readonly contracts: readonly Contract[] | null;
  readonly onListContracts: () => void;
  readonly onSave: (position: OwnPosition) => void;
  readonly onCancel: () => void;
}

/** Nothing is saved until every field is right. */
export function PositionForm({ initial, positionId, isNew, contracts, onListContracts, onSave, onCancel }: Props) {
  const [draft, setDraft] = useState(initial);
  const [isChecked, setIsChecked] = useState(false);
  const result = positionFromDraft(draft, positionId);
  const errors: DraftErrors = isChecked && !isPosition(result) ? result : {};
  const change = (changed: Partial<PositionDraft>) => setDraft({ ...draft, ...changed });
  const { contract } = draft;
  const save = (event: Event) => {
    event.preventDefault();
    setIsChecked(true);
    if (isPosition(result)) onSave(result);
  };
  return (
    <form class="own-form" noValidate onSubmit={save} aria-label={isNew ? 'Add a position' : 'Change the position'}>
      <ContractField
        contract={contract}
        contracts={contracts}
        error={errors.contract}
        onOpen={onListContracts}
        onChoose={(chosen) => change({ contract: chosen })}
      />
      <Field label="Side">
        <RadioGroup
          label="Side"
          look="segments"
          options={SIDES}
          value={draft.positionSide}
          onChange={(positionSide) => change({ positionSide })}
        />
      </Field>
      <NumberField
        label="Entry price"
        unit={contract?.quoteAsset ?? ''}
        value={draft.entryPrice}
        error={errors.entryPrice}
        onInput={(entryPrice) => change({ entryPrice })}
      />
      <NumberField
        label="Size"
        unit={draft.sizeUnit === 'usd' ? 'USD' : contract === null ? '' : baseUnit(contract)}
        value={draft.size}
        error={errors.size}
        onInput={(size) => change({ size })}
      />
      <Field label="Size in">
        <RadioGroup
          label="Size in"
          look="segments"
          options={[
            { value: 'base', content: contract === null ? 'Coins' : baseUnit(contract) },
            { value: 'usd', content: 'USD' },
          ]}
          value={draft.sizeUnit}
          onChange={(sizeUnit) => change({ sizeUnit })}
        />
      </Field>
      <Field label="Margin">
        <RadioGroup
          label="Margin"
          look="segments"
          options={MARGINS}
          value={draft.marginKind}
          onChange={(marginKind) => change({ marginKind })}
        />
      </Field>
      <NumberField
        label={MARGINS.find(({ value }) => value === draft.marginKind)?.content ?? ''}
        unit={draft.marginKind === 'leverage' ? 'x' : contract === null ? '' : marginUnit(contract)}
        value={draft.margin}
        error={errors.margin}
        onInput={(margin) => change({ margin })}
      />
      <div class="form-actions">
        <button type="submit" class="button is-primary">
          {isNew ? 'Add position' : 'Save'}
        </button>
        {!isNew && (
          <button type="button" class="button" onClick={onCancel}>
            Cancel
          </button>
        )}
      </div>
    </form>
  );
}
