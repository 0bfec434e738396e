import './ContractChooser.css';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '@/lib/i18n/words';
import type { Contract } from '@/lib/market/contract';
import { searchContracts } from '@/lib/market/market-search';
import { venueName } from '@/lib/market/venue-facts';

const LIST_ID = 'contract-list';

interface Props {
  /** Null while the list is under way. */
  readonly contracts: readonly Contract[] | null;
  readonly onChoose: (contract: Contract) => void;
  readonly onClose: () => void;
}

/** Search over all contracts: type, arrow keys, Enter; Escape closes. */
export function ContractChooser({ contracts, onChoose, onClose }: Props) {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const matches = contracts === null ? [] : searchContracts(contracts, query);
  const optionId = (index: number) => `${LIST_ID}-${index}`;

  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    // Closed, the keyboard goes on where it came from.
    return () => before instanceof HTMLElement && before.focus();
  }, []);
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const last = matches.length - 1;
    if (event.key === 'ArrowDown') setActive(Math.max(0, Math.min(last, active + 1)));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else if (event.key === 'Enter' && matches[active] !== undefined) onChoose(matches[active]);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };
  return (
    <div class="chooser" role="dialog" aria-label={t('contract.choose')}>
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label={t('contract.search')}
        aria-expanded={matches.length > 0}
        aria-controls={LIST_ID}
        aria-autocomplete="list"
        {...(matches.length > 0 ? { 'aria-activedescendant': optionId(active) } : {})}
        placeholder={t('contract.searchHint', { example: 'ETH' })}
        autocomplete="off"
        spellcheck={false}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={LIST_ID} ref={list} role="listbox" aria-label={t('contract.list')} hidden={matches.length === 0}>
        {matches.map((contract, index) => (
          <li
            key={contract.id}
            id={optionId(index)}
            role="option"
            aria-selected={index === active}
            onMouseMove={() => setActive(index)}
            onClick={() => onChoose(contract)}
          >
            {contract.symbol}
            <span>{t('contract.atVenue', { venue: venueName(contract.venueId) })}</span>
          </li>
        ))}
      </ul>
      {matches.length === 0 && (
        <p role="status">{contracts === null ? t('contract.loading') : t('contract.noMatch', { query })}</p>
      )}
    </div>
  );
}
