import { binance } from './binance';
import { bitget } from './bitget';
import { bybit } from './bybit';
import { gate } from './gate';
import { hyperliquid } from './hyperliquid';
import { okx } from './okx';
import type { PageLocation, Site, SymbolReading } from './site';
import { tradingview } from './tradingview';

export { SITE_MATCHES } from './hosts';

/** Every site the product knows: a new one is its file and a line here, and its pages in `hosts.ts`. */
export const SITES: readonly Site[] = [tradingview, binance, bybit, okx, gate, bitget, hyperliquid];

export const siteAt = ({ hostname }: Pick<Location, 'hostname'>): Site | null =>
  SITES.find((site) => site.isHost(hostname)) ?? null;

/**
 * What a chart of this page shows: the chart's own symbol where it has one, because an address can be stale after a
 * switch; else the address's. Null on pages of the site whose charts are not known.
 */
export function readSymbol(site: Site, chartSymbol: string, location: PageLocation): SymbolReading {
  if (!site.hasChart(location)) return null;
  return chartSymbol === '' ? site.symbolFromUrl(location) : site.symbolFromChart(chartSymbol, location);
}
