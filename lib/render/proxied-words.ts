import { t } from '@/lib/i18n/words';
import type { Resolved } from '@/lib/market/symbols';

/** Words for what a contract stands in for; it must stand in for something. */
export const proxiedWords = ({ proxyFor, proxyKind }: Pick<Resolved, 'proxyFor' | 'proxyKind'>): string =>
  t(`band.kind.${proxyKind!}`, { symbol: proxyFor! });
