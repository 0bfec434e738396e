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

// A strict page keeps everybody from changing what it relies on, in its frames as well.
if (new URLSearchParams((window.parent === window ? window : window.parent).location.search).has('strict')) {
  for (const each of [CanvasRenderingContext2D, HTMLCanvasElement, Element, Node, EventTarget, CustomEvent, Array, Map])
    Object.freeze(each.prototype);
}

void STARTS[document.documentElement.dataset['site'] ?? '']?.();
