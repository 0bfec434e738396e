import { useState } from 'preact/hooks';

import { RadioGroup } from '@/components/RadioGroup';
import {
  COOLDOWNS_MS,
  GROWTH_WINDOWS_MS,
  type AlertCondition,
  type AlertRule,
  LIQUIDATED_WINDOWS_MS,
} from '@/lib/market/alert';
import { spanWords } from '@/lib/market/alert-words';
import type { Contract } from '@/lib/market/contract';

import { ContractField } from './ContractField';
import { Field, NumberField, SelectField } from './Field';
import { isRule, type RuleDraft, type RuleErrors, ruleFromDraft } from './rule-draft';

const KINDS = [
  { value: 'near-cluster', text: 'Price near a cluster' },
  { value: 'liquidated', text: 'Liquidations in a window' },
  { value: 'cluster-grows', text: 'A cluster grows' },
  { value: 'own-liquidation', text: 'Price near my liquidation' },
] as const satisfies readonly { readonly value: AlertCondition['kind']; readonly text: string }[];
const UNITS = [
  { value: 'share', content: '%' },
  { value: 'usd', content: 'USD' },
] as const;

const spans = (windows: readonly number[]) => windows.map((ms) => ({ value: String(ms), text: spanWords(ms) }));

interface Props {
  readonly initial: RuleDraft;
  readonly ruleId: string;
  readonly isNew: boolean;
  readonly contracts: readonly Contract[] | null;
  readonly onListContracts: () => void;
  readonly onSave: (rule: AlertRule) => void;
  readonly onCancel: () => void;
}

/** Nothing is saved until every field is right. */
export function RuleForm({ initial, ruleId, isNew, contracts, onListContracts, onSave, onCancel }: Props) {
  const [draft, setDraft] = useState(initial);
  const [isChecked, setIsChecked] = useState(false);
  const result = ruleFromDraft(draft, ruleId);
  const errors: RuleErrors = isChecked && !isRule(result) ? result : {};
  const change = (changed: Partial<RuleDraft>) => setDraft({ ...draft, ...changed });
  const { kind, scope } = draft;
  const isOwn = kind === 'own-liquidation';
  const save = (event: Event) => {
    event.preventDefault();
    setIsChecked(true);
    if (isRule(result)) onSave(result);
  };
  return (
    <form class="own-form" noValidate onSubmit={save} aria-label={isNew ? 'Add a rule' : 'Change the rule'}>
      <SelectField
        label="Alert me of"
        options={KINDS}
        value={kind}
        onChange={(chosen) => change({ kind: chosen as AlertCondition['kind'] })}
      />
      <Field label="For">
        <RadioGroup
          label="For"
          look="segments"
          options={[
            { value: 'contract', content: 'One contract' },
            { value: 'all', content: isOwn ? 'All my positions' : 'Favourites' },
          ]}
          value={scope}
          onChange={(chosen) => change({ scope: chosen })}
        />
      </Field>
      {scope === 'contract' && (
        <ContractField
          contract={draft.contract}
          contracts={contracts}
          error={errors.contract}
          onOpen={onListContracts}
          onChoose={(contract) => change({ contract })}
        />
      )}
      {(isOwn || kind === 'near-cluster') && (
        <NumberField
          label="Within"
          unit="%"
          value={draft.within}
          error={errors.within}
          onInput={(within) => change({ within })}
        />
      )}
      {!isOwn && (
        <NumberField
          label={kind === 'liquidated' ? 'More than' : 'Cluster above'}
          unit="USD"
          value={draft.leastUsd}
          error={errors.leastUsd}
          onInput={(leastUsd) => change({ leastUsd })}
        />
      )}
      {kind === 'cluster-grows' && (
        <>
          <NumberField
            label="Grown by"
            unit={draft.growthUnit === 'usd' ? 'USD' : '%'}
            value={draft.by}
            error={errors.by}
            onInput={(by) => change({ by })}
          />
          <Field label="Growth in">
            <RadioGroup
              label="Growth in"
              look="segments"
              options={UNITS}
              value={draft.growthUnit}
              onChange={(growthUnit) => change({ growthUnit })}
            />
          </Field>
          <SelectField
            label="In the last"
            options={spans(GROWTH_WINDOWS_MS)}
            value={String(draft.growthWindowMs)}
            onChange={(ms) => change({ growthWindowMs: Number(ms) })}
          />
        </>
      )}
      {kind === 'liquidated' && (
        <SelectField
          label="In the last"
          options={spans(LIQUIDATED_WINDOWS_MS)}
          value={String(draft.liquidatedWindowMs)}
          onChange={(ms) => change({ liquidatedWindowMs: Number(ms) })}
        />
      )}
      <SelectField
        label="At most once in"
        options={spans(COOLDOWNS_MS)}
        value={String(draft.cooldownMs)}
        onChange={(ms) => change({ cooldownMs: Number(ms) })}
      />
      <div class="form-actions">
        <button type="submit" class="button is-primary">
          {isNew ? 'Add rule' : 'Save'}
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
