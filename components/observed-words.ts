import { formatAge, formatShare } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import { knownShare, type ObservedLayer } from '@/lib/market/observed';

/** How much of a contract is known, in one line. */
export const observedWords = (layer: ObservedLayer): string =>
  t('observed.layer', {
    count: layer.accounts,
    share: formatShare(knownShare(layer)),
    symbol: layer.symbol,
    cross: formatShare(layer.crossShare),
    age: formatAge(layer.medianAgeMs),
  });
