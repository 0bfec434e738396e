import { startBinance, startBinanceFrame } from './binance-page';
import { startBybit } from './bybit-page';
import { startGate } from './gate-page';
import { startTradingView } from './tradingview-page';

const STARTS: Readonly<Record<string, () => void | Promise<void>>> = {
  tradingview: startTradingView,
  binance: startBinance,
  'binance-frame': startBinanceFrame,
  bybit: startBybit,
  gate: startGate,
};

/** The page's own query, which its frames share; a page of another origin keeps its own to itself. */
function isStrict(): boolean {
  const windows = [window, window.parent].filter((each) => {
    try {
      return each.location.search !== undefined;
    } catch {
      return false;
    }
  });
  return windows.some(({ location }) => new URLSearchParams(location.search).has('strict'));
}

// A strict page keeps everybody from changing what it relies on, in its frames as well.
if (isStrict()) {
  for (const each of [CanvasRenderingContext2D, HTMLCanvasElement, Element, Node, EventTarget, CustomEvent, Array, Map])
    Object.freeze(each.prototype);
}

void STARTS[document.documentElement.dataset['site'] ?? '']?.();
