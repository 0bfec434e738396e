import { RadioGroup } from '@/components/RadioGroup';
import { t } from '@/lib/i18n/words';
import type { OwnMargin, OwnPosition } from '@/lib/market/own-position';

import { ContractField } from './ContractField';
import { DraftForm, type DraftFormProps, useDraft } from './DraftForm';
import { Field, NumberField } from './Field';
import {
  baseUnit,
  type DraftErrors,
  isPosition,
  marginUnit,
  type PositionDraft,
  positionFromDraft,
} from './position-draft';

const sides = () =>
  [
    { value: 'long', content: t('own.long') },
    { value: 'short', content: t('own.short') },
  ] as const;
const margins = () =>
  [
    { value: 'leverage', content: t('positions.leverage'), title: t('positions.leverageWhy') },
    { value: 'isolated', content: t('positions.isolated'), title: t('positions.isolatedWhy') },
    { value: 'cross', content: t('positions.cross'), title: t('positions.crossWhy') },
  ] as const satisfies readonly {
    readonly value: OwnMargin['kind'];
    readonly content: string;
    readonly title: string;
  }[];

interface Props extends DraftFormProps<PositionDraft, OwnPosition> {
  /** Of the position that is changed, or a new one's. */
  readonly positionId: string;
}

export function PositionForm({
  initial,
  positionId,
  isNew,
  takesFocus,
  contracts,
  onListContracts,
  onSave,
  onCancel,
}: Props) {
  const { draft, errors, change, onSubmit } = useDraft<PositionDraft, OwnPosition, DraftErrors>(
    initial,
    (each) => positionFromDraft(each, positionId),
    isPosition,
    onSave,
  );
  const { contract } = draft;
  return (
    <DraftForm
      label={t(isNew ? 'positions.add' : 'positions.change')}
      save={t(isNew ? 'positions.addButton' : 'own.save')}
      onSubmit={onSubmit}
      takesFocus={takesFocus}
      onCancel={isNew ? null : onCancel}
    >
      <ContractField
        contract={contract}
        contracts={contracts}
        error={errors.contract}
        onOpen={onListContracts}
        onChoose={(chosen) => change({ contract: chosen })}
      />
      <Field label={t('own.side')}>
        <RadioGroup
          label={t('own.side')}
          look="segments"
          options={sides()}
          value={draft.positionSide}
          onChange={(positionSide) => change({ positionSide })}
        />
      </Field>
      <NumberField
        label={t('positions.entryPrice')}
        unit={contract?.quoteAsset ?? ''}
        value={draft.entryPrice}
        error={errors.entryPrice}
        onInput={(entryPrice) => change({ entryPrice })}
      />
      <NumberField
        label={t('positions.size')}
        unit={draft.sizeUnit === 'usd' ? 'USD' : contract === null ? '' : baseUnit(contract)}
        value={draft.size}
        error={errors.size}
        onInput={(size) => change({ size })}
      />
      <Field label={t('positions.sizeIn')}>
        <RadioGroup
          label={t('positions.sizeIn')}
          look="segments"
          options={[
            { value: 'base', content: contract === null ? t('positions.coins') : baseUnit(contract) },
            { value: 'usd', content: 'USD' },
          ]}
          value={draft.sizeUnit}
          onChange={(sizeUnit) => change({ sizeUnit })}
        />
      </Field>
      <Field label={t('positions.margin')}>
        <RadioGroup
          label={t('positions.margin')}
          look="segments"
          options={margins()}
          value={draft.marginKind}
          onChange={(marginKind) => change({ marginKind })}
        />
      </Field>
      <NumberField
        label={margins().find(({ value }) => value === draft.marginKind)?.content ?? ''}
        unit={draft.marginKind === 'leverage' ? 'x' : contract === null ? '' : marginUnit(contract)}
        value={draft.margin}
        error={errors.margin}
        onInput={(margin) => change({ margin })}
      />
    </DraftForm>
  );
}
