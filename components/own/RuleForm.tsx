import { RadioGroup } from '@/components/RadioGroup';
import { formatSpan } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import {
  COOLDOWNS_MS,
  GROWTH_WINDOWS_MS,
  type AlertCondition,
  type AlertRule,
  LIQUIDATED_WINDOWS_MS,
} from '@/lib/market/alert';

import { ContractField } from './ContractField';
import { DraftForm, type DraftFormProps, useDraft } from './DraftForm';
import { Field, NumberField, SelectField } from './Field';
import { isRule, type RuleDraft, type RuleErrors, ruleFromDraft } from './rule-draft';

const kinds = () =>
  [
    { value: 'near-cluster', text: t('alerts.kind.nearCluster') },
    { value: 'liquidated', text: t('alerts.kind.liquidated') },
    { value: 'cluster-grows', text: t('alerts.kind.grows') },
    { value: 'own-liquidation', text: t('alerts.kind.own') },
  ] as const satisfies readonly { readonly value: AlertCondition['kind']; readonly text: string }[];
const UNITS = [
  { value: 'share', content: '%' },
  { value: 'usd', content: 'USD' },
] as const;

const spans = (windows: readonly number[]) => windows.map((ms) => ({ value: String(ms), text: formatSpan(ms) }));

interface Props extends DraftFormProps<RuleDraft, AlertRule> {
  readonly ruleId: string;
}

export function RuleForm({ initial, ruleId, isNew, takesFocus, contracts, onListContracts, onSave, onCancel }: Props) {
  const { draft, errors, change, onSubmit } = useDraft<RuleDraft, AlertRule, RuleErrors>(
    initial,
    (each) => ruleFromDraft(each, ruleId),
    isRule,
    onSave,
  );
  const { kind, scope } = draft;
  const isOwn = kind === 'own-liquidation';
  return (
    <DraftForm
      label={t(isNew ? 'alerts.add' : 'alerts.change')}
      save={t(isNew ? 'alerts.addButton' : 'own.save')}
      onSubmit={onSubmit}
      takesFocus={takesFocus}
      onCancel={isNew ? null : onCancel}
    >
      <SelectField
        label={t('alerts.of')}
        options={kinds()}
        value={kind}
        onChange={(chosen) => change({ kind: chosen as AlertCondition['kind'] })}
      />
      <Field label={t('alerts.for')}>
        <RadioGroup
          label={t('alerts.for')}
          look="segments"
          options={[
            { value: 'contract', content: t('alerts.oneContract') },
            { value: 'all', content: isOwn ? t('alerts.allPositions') : t('alerts.favourites') },
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
          label={t('alerts.within')}
          unit="%"
          value={draft.within}
          error={errors.within}
          onInput={(within) => change({ within })}
        />
      )}
      {!isOwn && (
        <NumberField
          label={kind === 'liquidated' ? t('alerts.moreThan') : t('alerts.clusterAbove')}
          unit="USD"
          value={draft.leastUsd}
          error={errors.leastUsd}
          onInput={(leastUsd) => change({ leastUsd })}
        />
      )}
      {kind === 'cluster-grows' && (
        <>
          <NumberField
            label={t('alerts.grownBy')}
            unit={draft.growthUnit === 'usd' ? 'USD' : '%'}
            value={draft.by}
            error={errors.by}
            onInput={(by) => change({ by })}
          />
          <Field label={t('alerts.growthIn')}>
            <RadioGroup
              label={t('alerts.growthIn')}
              look="segments"
              options={UNITS}
              value={draft.growthUnit}
              onChange={(growthUnit) => change({ growthUnit })}
            />
          </Field>
          <SelectField
            label={t('alerts.inLast')}
            options={spans(GROWTH_WINDOWS_MS)}
            value={String(draft.growthWindowMs)}
            onChange={(ms) => change({ growthWindowMs: Number(ms) })}
          />
        </>
      )}
      {kind === 'liquidated' && (
        <SelectField
          label={t('alerts.inLast')}
          options={spans(LIQUIDATED_WINDOWS_MS)}
          value={String(draft.liquidatedWindowMs)}
          onChange={(ms) => change({ liquidatedWindowMs: Number(ms) })}
        />
      )}
      <SelectField
        label={t('alerts.cooldown')}
        options={spans(COOLDOWNS_MS)}
        value={String(draft.cooldownMs)}
        onChange={(ms) => change({ cooldownMs: Number(ms) })}
      />
    </DraftForm>
  );
}
