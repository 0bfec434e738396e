import { t } from '@/lib/i18n/words';
import type { Resolved } from '@/lib/market/symbols';

/** Words for what a contract stands in for; a band has room for the name alone. */
export const proxiedWords = ({ proxyFor, proxyKind = 'contract' }: Resolved): string | null =>
  proxyFor && t(`proxy.${proxyKind}`, { symbol: proxyFor });
