import { useState } from 'preact/hooks';

import { mixWords } from '@/components/mix-words';
import { RadioGroup } from '@/components/RadioGroup';
import { formatShare } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { ContractId } from '@/lib/market/contract';
import { type PriorName, PRIORS } from '@/lib/market/prior';
import type { Summary } from '@/lib/market/summary';
import { LEVERAGE_GROUPS } from '@/lib/model/profile-from-book';
import { chosenPrior } from '@/lib/store/chosen-prior';

import { Confirmed } from './Confirmed';
import { Group, Setting } from './Group';

interface Props {
  readonly prior: PriorName;
  /** Of the market that is shown; null while none is. */
  readonly summary: Summary | null;
  /** Contracts that anything was learned of. */
  readonly learned: readonly ContractId[];
  readonly onForget: (contractIds: readonly ContractId[]) => void;
}

/** What the map assumes, and how to let it forget. */
export function ModelGroup({ prior, summary, learned, onForget }: Props) {
  const [hasForgotten, setHasForgotten] = useState(false);
  const forget = (contractIds: readonly ContractId[]) => {
    onForget(contractIds);
    setHasForgotten(true);
  };
  return (
    <Group id="model">
      <Setting name={t('options.prior')} note={t('options.priorNote')}>
        <RadioGroup
          label={t('options.prior')}
          look="segments"
          options={PRIORS.map((value) => ({ value, content: t(`options.prior.${value}`) }))}
          value={prior}
          onChange={(chosen) => void chosenPrior.setValue(chosen)}
        />
      </Setting>
      {summary !== null && <MixInUse summary={summary} />}
      <Setting name={t('options.forget')} note={t('options.forgetNote')}>
        {summary !== null && (
          <Confirmed
            text={t('options.forgetOne', { symbol: summary.symbol })}
            onConfirm={() => forget([summary.contractId])}
          />
        )}
        <Confirmed
          text={t('options.forgetAll', { count: learned.length })}
          isDisabled={learned.length === 0}
          onConfirm={() => forget(learned)}
        />
      </Setting>
      <p class="caption" role="status">
        {hasForgotten && t('options.forgotten')}
      </p>
    </Group>
  );
}

/** Shares of what is opened by leverage, as bars of one scale, and what no price in reach liquidates. */
function MixInUse({ summary }: { readonly summary: Summary }) {
  const shares = LEVERAGE_GROUPS.map(() => 0);
  for (const { leverage, share } of summary.leverageMix)
    shares[LEVERAGE_GROUPS.findIndex(({ upTo }) => leverage <= upTo)] += share;
  const rest = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
  const rows = [
    ...LEVERAGE_GROUPS.map(({ label }, i) => ({ label, share: shares[i] })),
    { label: t('options.never'), share: rest },
  ];
  return (
    <Setting name={t('options.mixNow', { symbol: summary.symbol })} note={mixWords(summary)}>
      <table class="mix-in-use">
        <tbody>
          {rows.map(({ label, share }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>
                <i style={{ width: `${100 * share}%` }} />
              </td>
              <td>{formatShare(share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Setting>
  );
}
