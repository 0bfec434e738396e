import { formatAge, formatShare } from '@/lib/core/format';

import { knownShare, type ObservedLayer } from './observed';

/** How much of a contract is known, in one line. */
export const observedWords = (layer: ObservedLayer): string =>
  `${layer.accounts} accounts, ${formatShare(knownShare(layer))} of ${layer.symbol}, ` +
  `${formatShare(layer.crossShare)} cross, ${formatAge(layer.medianAgeMs)} old`;
