import type { ChartSymbol } from '@/lib/market/chart-symbol';
import { SCALE_EVENT, SCALE_REQUEST_EVENT, SCALE_STOP_EVENT } from '@/lib/messaging/page';
import { readSymbol, siteAt } from '@/lib/sites';
import type { BandSettings } from '@/lib/store/settings';

import { createChartBand, type ChartBand } from './chart-band';
import { watchDocuments } from './documents';
import type { MarketWatches } from './market-watches';

export interface Bands {
  onSettings(settings: BandSettings): void;
}

/** A band on every chart of the page that tells its scale, until the signal aborts and nothing is left of them. */
export function startBands(settings: BandSettings, markets: MarketWatches, signal: AbortSignal): Bands {
  let current = settings;
  const bands = new Map<Element, { readonly band: ChartBand; readonly controller: AbortController }>();
  const environment = { markets, readSymbol: createSymbolReader(window.location), now: Date.now };

  const bandOn = (pane: Element): ChartBand => {
    const known = bands.get(pane);
    if (known !== undefined) return known.band;
    forgetGone();
    const controller = new AbortController();
    const band = createChartBand(pane, current, environment, AbortSignal.any([signal, controller.signal]));
    bands.set(pane, { band, controller });
    return band;
  };

  /** Charts go silently: the next one to come, or the frame that closes, clears up after them. */
  const forgetGone = (): void => {
    for (const [pane, { controller }] of bands) {
      if (pane.isConnected && pane.ownerDocument.defaultView !== null) continue;
      controller.abort();
      bands.delete(pane);
    }
  };

  const onScale = (event: Event): void => {
    const { target } = event;
    const { detail } = event as CustomEvent<unknown>;
    if (isElement(target) && typeof detail === 'string') bandOn(target).onScale(detail);
  };

  watchDocuments(
    document,
    (found, foundSignal) => {
      found.addEventListener(SCALE_EVENT, onScale, { capture: true, signal: foundSignal });
      foundSignal.addEventListener('abort', forgetGone);
    },
    signal,
  );
  signal.addEventListener('abort', () => document.dispatchEvent(new CustomEvent(SCALE_STOP_EVENT)));
  document.dispatchEvent(new CustomEvent(SCALE_REQUEST_EVENT));

  return {
    onSettings(next) {
      current = next;
      for (const { band } of bands.values()) band.onSettings(next);
    },
  };
}

/** By its own kind, because a frame has an Element of its own. */
const isElement = (target: EventTarget | null): target is Element =>
  target !== null && (target as Partial<Node>).nodeType === 1;

/** Asked with every scale, answered from memory until the page's address changes. */
function createSymbolReader(location: Location): (chartSymbol: string) => ChartSymbol | null {
  const site = siteAt(location);
  const known = new Map<string, ChartSymbol | null>();
  let href = '';
  return (chartSymbol) => {
    if (location.href !== href) known.clear();
    href = location.href;
    const found = known.get(chartSymbol);
    if (found !== undefined) return found;
    const reading = site === null ? null : readSymbol(site, chartSymbol, location);
    // Nobody is liquidated at an index price.
    const symbol = reading === 'index-price' ? null : reading;
    known.set(chartSymbol, symbol);
    return symbol;
  };
}
