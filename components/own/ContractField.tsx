import { useState } from 'preact/hooks';

import { ContractChooser } from '@/components/ContractChooser';
import { Icon } from '@/components/Icon';
import { t } from '@/lib/i18n/words';
import type { Contract } from '@/lib/market/contract';
import { venueName } from '@/lib/market/venue-facts';

import { Field } from './Field';

interface Props {
  readonly contract: Contract | null;
  readonly contracts: readonly Contract[] | null;
  readonly error: string | undefined;
  /** The list is wanted now. */
  readonly onOpen: () => void;
  readonly onChoose: (contract: Contract) => void;
}

/** One contract, chosen by search over all of them. */
export function ContractField({ contract, contracts, error, onOpen, onChoose }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const toggle = () => {
    if (!isOpen) onOpen();
    setIsOpen(!isOpen);
  };
  return (
    <Field label={t('own.contract')} error={error}>
      <button
        class="contract-field"
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={
          contract === null
            ? t('contract.choose')
            : t('own.contractIs', { contract: `${contract.symbol} ${venueName(contract.venueId)}` })
        }
        onClick={toggle}
      >
        {contract === null ? t('own.choose') : contract.symbol}{' '}
        {contract !== null && <small>{venueName(contract.venueId)}</small>}
        <Icon name="chevron" />
      </button>
      {isOpen && (
        <div class="contract-field-list">
          <ContractChooser
            contracts={contracts}
            onChoose={(chosen) => {
              setIsOpen(false);
              onChoose(chosen);
            }}
            onClose={() => setIsOpen(false)}
          />
        </div>
      )}
    </Field>
  );
}
