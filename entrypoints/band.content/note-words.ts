import { t } from '@/lib/i18n/words';
import type { ChartSymbol } from '@/lib/market/chart-symbol';
import { isOfExchange } from '@/lib/market/proxy-choice';
import type { Resolved } from '@/lib/market/symbols';
import { venueName } from '@/lib/market/venue-facts';
import type { BandNote } from '@/lib/render/build-levels';
import { proxiedWords } from '@/lib/render/proxied-words';

/** Words for a contract that stands in for the chart's own symbol: two for the head, a sentence for the read-out. */
export function proxyWords(symbol: ChartSymbol, resolution: Resolved): BandNote | null {
  const { contract, proxyFor, proxyKind } = resolution;
  // Between perpetuals the kind says nothing, and there is little room.
  const proxied = proxyKind === 'perpetual' ? proxyFor : proxiedWords(resolution);
  if (proxied === null) return null;
  const venue = venueName(contract.venueId);
  return {
    short: isOfExchange(contract, symbol.exchange ?? '') ? t('band.viaPerpetual') : t('band.via', { venue }),
    long: t('band.proxy', { contract: `${venue} ${contract.symbol}`, symbol: proxied }),
  };
}

/** Why there is a strip where the user wants the full pane. */
export const noTimesWords = (): BandNote => ({ short: t('band.noTimes'), long: t('band.noTimesLong') });
