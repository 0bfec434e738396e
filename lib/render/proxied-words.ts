import { t } from '@/lib/i18n/words';
import type { Resolved } from '@/lib/market/symbols';

/** Words for what a contract stands in for: `BTCUSDT spot`. */
export const proxiedWords = ({ proxyFor, proxyKind = 'contract' }: Resolved): string | null =>
  proxyFor && t(`band.as.${proxyKind}`, { symbol: proxyFor });
