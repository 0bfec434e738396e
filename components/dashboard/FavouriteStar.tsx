import { PageIcon } from './PageIcon';

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
    aria-label={`Favourite: ${symbol}`}
    title={isFavourite ? 'On the watch-list' : 'Put on the watch-list'}
    onClick={() => onChange(!isFavourite)}
  >
    <PageIcon name="star" />
  </button>
);
