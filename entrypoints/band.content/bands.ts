import type { ChartSymbol } from '@/lib/market/chart-symbol';
import { GONE, SCALE_EVENT, SCALE_REQUEST_EVENT, SCALE_STOP_EVENT, WITH_TIMES } from '@/lib/messaging/page';
import { readSymbol, siteAt } from '@/lib/sites';
import type { BandSettings } from '@/lib/store/settings';

import { createChartBand, type ChartBand } from './chart-band';
import { watchDocuments } from './documents';
import type { MarketWatches } from './market-watches';

export interface Bands {
  onSettings(settings: BandSettings): void;
  /** Another language is in force. */
  onWords(): void;
}

/** A chart that only moved within the page, or whose scale is read in another way, is back sooner. */
const GRACE_MS = 1_000;
/** So long the market that the page's address names is followed without a chart. */
const HEAD_START_MS = 10_000;
/** How often moving charts have it asked whether the extension is still there. */
const ORPHAN_MS = 500;
/** What a page may make of us: so many charts, and scales told of all of them in one frame. Sixteen charts tell two each. */
const MOST_CHARTS = 64;
const MOST_TOLD = 32;

/** A band on every chart of the page that tells its scale, until the signal aborts and nothing is left of them. */
export function startBands(
  settings: BandSettings,
  markets: MarketWatches,
  isOrphan: () => boolean,
  signal: AbortSignal,
): Bands {
  let current = settings;
  /** A page that nobody sees keeps its markets and is told nothing of them. */
  const want = (): void => markets.want(document.hidden ? 'quiet' : current.style === 'bars' ? 'groups' : 'band');
  want();
  document.addEventListener('visibilitychange', want, { signal });
  const bands = new Map<Element, { readonly band: ChartBand; readonly controller: AbortController }>();
  const left = new Set<Element>();
  let timer = 0;
  let told = 0;
  let askedMs = -Infinity;
  let frameTime: unknown;
  const environment = { markets, readSymbol: createSymbolReader(window.location), now: Date.now };
  // Its figures come while the page is still being read.
  const named = document.hidden ? null : environment.readSymbol('');
  if (named !== null)
    markets.watch(
      named,
      { onChange() {}, onHistory() {} },
      AbortSignal.any([signal, AbortSignal.timeout(HEAD_START_MS)]),
    );

  const bandOn = (pane: Element): ChartBand => {
    const known = bands.get(pane);
    if (known !== undefined) return known.band;
    const controller = new AbortController();
    const band = createChartBand(pane, current, environment, AbortSignal.any([signal, controller.signal]));
    bands.set(pane, { band, controller });
    return band;
  };

  const requestScales = (): void =>
    void document.dispatchEvent(
      new CustomEvent(SCALE_REQUEST_EVENT, { detail: current.style === 'pane' ? WITH_TIMES : null }),
    );

  const isGone = (pane: Element): boolean =>
    left.has(pane) || !pane.isConnected || pane.ownerDocument.defaultView === null;

  const forgetGone = (): void => {
    timer = 0;
    for (const [pane, { controller }] of bands) {
      if (!isGone(pane)) continue;
      controller.abort();
      bands.delete(pane);
      left.delete(pane);
    }
  };
  const onRemoval = (): void => {
    if (!isOrphan() && timer === 0 && Array.from(bands.keys()).some(isGone))
      timer = window.setTimeout(forgetGone, GRACE_MS);
  };
  signal.addEventListener('abort', () => window.clearTimeout(timer));

  /** The browser takes a while to answer, too long for every frame. */
  const hasEnded = (): boolean => {
    const nowMs = performance.now();
    if (nowMs - askedMs < ORPHAN_MS) return false;
    askedMs = nowMs;
    return isOrphan();
  };

  const onScale = (event: Event): void => {
    const { target } = event;
    const { detail } = event as CustomEvent<unknown>;
    if (!isElement(target) || typeof detail !== 'string' || hasEnded()) return;
    const { currentTime } = document.timeline;
    if (currentTime !== frameTime) [frameTime, told] = [currentTime, 0];
    // What a chart told last beyond the limit is asked for again.
    if (told++ === MOST_TOLD) window.requestAnimationFrame(requestScales);
    if (told > MOST_TOLD || (bands.size >= MOST_CHARTS && !bands.has(target))) return;
    if (detail !== GONE) left.delete(target);
    else if (bands.has(target)) left.add(target);
    else return;
    bandOn(target).onScale(detail);
    if (detail === GONE) onRemoval();
  };

  const begin = (): void =>
    watchDocuments(
      document,
      (found, foundSignal) => {
        found.addEventListener(SCALE_EVENT, onScale, { capture: true, signal: foundSignal });
        foundSignal.addEventListener('abort', onRemoval);
        // A frame is heard once it has loaded, when its chart may have been told of.
        requestScales();
      },
      onRemoval,
      signal,
    );
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { signal });
  else begin();
  signal.addEventListener('abort', () => document.dispatchEvent(new CustomEvent(SCALE_STOP_EVENT)));

  return {
    onSettings(next) {
      const isOtherStyle = next.style !== current.style;
      current = next;
      want();
      for (const { band } of bands.values()) band.onSettings(next);
      if (isOtherStyle) requestScales();
    },
    onWords() {
      // Nothing that was worded before is kept.
      for (const { band } of bands.values()) band.onSettings({ ...current });
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
  let knownOf = '';
  return (chartSymbol) => {
    const { href } = location;
    if (href !== knownOf) known.clear();
    knownOf = href;
    const name = chartSymbol || ((site.symbolButton && document.querySelector(site.symbolButton)?.textContent) ?? '');
    const found = known.get(name);
    if (found !== undefined) return found;
    const reading = readSymbol(site, name, location);
    // Nobody is liquidated at an index price.
    const symbol = reading === 'index-price' ? null : reading;
    known.set(name, symbol);
    return symbol;
  };
}
