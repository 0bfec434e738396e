import './ContractButton.css';
import { t } from '@/lib/i18n/words';
import type { Contract } from '@/lib/market/contract';

import { Icon } from './Icon';

interface Props {
  readonly contract: Contract | null;
  /** Its venue, and for what it stands in. */
  readonly note: string;
  readonly isChoosing: boolean;
  readonly onChoose: () => void;
}

/** What is shown, and the way to something else. */
export function ContractButton({ contract, note, isChoosing, onChoose }: Props) {
  return (
    <button class="contract-button" type="button" aria-haspopup="dialog" aria-expanded={isChoosing} onClick={onChoose}>
      {contract === null ? (
        t('contract.choose')
      ) : (
        <span>
          {contract.symbol} <small>{note}</small>
        </span>
      )}
      <Icon name="chevron" />
    </button>
  );
}
