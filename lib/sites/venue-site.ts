import type { ChartSymbol } from '@/lib/market/chart-symbol';

import { isWithin, type PageLocation, type Site, splitExchange, type SymbolReading } from './site';

/** What tells the trading site of one venue from others. */
interface VenueRules {
  /** Of the site, and of the venue as an exchange. */
  readonly id: string;
  readonly domains: readonly string[];
  /** Paths of pages with a chart, of contracts and of spot; the first group is what they show. */
  readonly futures: RegExp;
  readonly spot: RegExp;
  /** Reads the venue's own name of what is shown, in upper case and without slashes. Spot and perpetual may share one: `isSpot` is what the page says. */
  readonly read: (name: string, isSpot: boolean) => Pick<ChartSymbol, 'pair' | 'kind'> | null;
}

/** The site of a venue: its charts tell the name, its pages whether that is a contract or spot. */
export function venueSite({ id, domains, futures, spot, read }: VenueRules): Site {
  function symbolFromChart(raw: string, { pathname }: PageLocation): SymbolReading {
    // A chart of the mark price is where liquidations happen, one of an index is not.
    if (/@PRICETYPE=INDEX/i.test(raw)) return 'index-price';
    const spelled = splitExchange(raw.split('@', 1)[0]).ticker.toUpperCase().replace('/', '');
    const name = spelled.replace(/\.P$/, '');
    const reading = read(name, spot.test(pathname) && name === spelled);
    return reading && { raw, exchange: id, ...reading };
  }

  return {
    id,
    isHost: (hostname) => domains.some((domain) => isWithin(hostname, domain)),
    hasChart: ({ pathname }) => futures.test(pathname) || spot.test(pathname),
    symbolFromUrl(location) {
      const name = (futures.exec(location.pathname) ?? spot.exec(location.pathname))?.[1];
      return name === undefined ? null : symbolFromChart(name, location);
    },
    symbolFromChart,
  };
}
