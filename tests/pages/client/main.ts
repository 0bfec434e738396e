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

void STARTS[document.documentElement.dataset['site'] ?? '']?.();
