import { t } from '@/lib/i18n/words';
import type { ChartSymbol } from '@/lib/market/chart-symbol';
import { isOfExchange } from '@/lib/market/proxy-choice';
import type { Resolved } from '@/lib/market/symbols';
import { venueName } from '@/lib/market/venue-facts';
import type { Pane } from '@/lib/render/band-styles';
import type { BandView } from '@/lib/render/band-view';
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

/** Why there is a strip where the user wants the full pane, or that this one is not whole yet. */
export function paneWords(pane: Pane | null, drawn: BandView['backdrop']): BandNote[] {
  if (!drawn) return [{ short: t('band.noTimes'), long: t('band.noTimesLong') }];
  return pane?.isFilling ? [{ short: t('band.filling'), long: t('band.filling') }] : [];
}
