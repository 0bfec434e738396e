import { binance } from './binance';
import { bitget } from './bitget';
import { bybit } from './bybit';
import { gate } from './gate';
import { hyperliquid } from './hyperliquid';
import { okx } from './okx';
import { other } from './other';
import type { PageLocation, Site, SymbolReading } from './site';
import { tradingview } from './tradingview';

export { SITE_MATCHES } from './hosts';

/** Every site the product knows: a new one is its file and a line here, and its pages in `hosts.ts`. */
export const SITES: readonly Site[] = [tradingview, binance, bybit, okx, gate, bitget, hyperliquid];

/** The site of a page; on pages of none of them Liqband runs where the user allowed it. */
export const siteAt = ({ hostname }: Pick<Location, 'hostname'>): Site =>
  SITES.find((site) => site.isHost(hostname)) ?? other;

/** The pattern by which the user allows a page of another site; null on those known, and where nothing can be allowed. */
export function otherSitePattern(url: string): string | null {
  const hostname = /^https:\/\/([^/*:]+)\//.exec(url)?.[1];
  return hostname !== undefined && siteAt({ hostname }) === other ? `https://${hostname}/*` : null;
}

/** Longest spelling of a symbol that is taken for one. */
const MAX_SPELLING = 80;

/**
 * What a chart of this page shows: the chart's own symbol where it has one, because an address can be stale after a
 * switch; else the address's. Null on pages of the site whose charts are not known, and without any name.
 */
export function readSymbol(site: Site, chartSymbol: string, location: PageLocation): SymbolReading {
  if (!site.hasChart(location)) return null;
  const { hostname, pathname, search, hash } = location;
  const spelled = chartSymbol.trim() || (site === other ? hostname + pathname + search + hash : '');
  const raw = (site.plain?.(spelled) ?? spelled).slice(0, MAX_SPELLING);
  const reading = raw === '' ? site.symbolFromUrl(location) : site.symbolFromChart(raw, location);
  if (reading === 'index-price') return reading;
  // A name that no rule reads still is one: the user may choose a contract for it.
  const symbol =
    reading ?? (raw === '' ? null : { raw, exchange: null, pair: raw.toUpperCase(), kind: 'spot' as const });
  return symbol && { ...symbol, site: site === other ? hostname : site.id };
}
