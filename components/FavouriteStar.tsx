import { t } from '@/lib/i18n/words';

import { Icon } from './Icon';

interface Props {
  readonly symbol: string;
  readonly isFavourite: boolean;
  readonly onChange: (isFavourite: boolean) => void;
}

/** Whether the contract is on the watch-list. */
export const FavouriteStar = ({ symbol, isFavourite, onChange }: Props) => (
  <button
    type="button"
    class={`icon-button favourite${isFavourite ? ' is-on' : ''}`}
    aria-pressed={isFavourite}
    aria-label={t('own.favouriteOf', { contract: symbol })}
    title={isFavourite ? t('own.isFavourite') : t('own.makeFavourite')}
    onClick={() => onChange(!isFavourite)}
  >
    <Icon name="star" />
  </button>
);
