import type { ChartSymbol } from '@/lib/market/chart-symbol';
import type { PaneHistory } from '@/lib/market/pane-history';

import { holdFigures } from './held-figures';
import { NO_MARKET, type Market } from './market';
import { keyOf, type MarketWatches } from './market-watches';

/** The market of the symbol that one chart shows at present. */
export interface ChartMarket {
  readonly symbol: ChartSymbol | null;
  readonly market: Market;
  /** Ends with the symbol. */
  readonly life: AbortSignal;
  /** Takes the chart's own spelling of its symbol. */
  follow(raw: string): void;
  /** The chart's scale has changed, and needs no newest price to be read. */
  move(): void;
}

export function createChartMarket(
  view: Window,
  markets: MarketWatches,
  readSymbol: (chartSymbol: string) => ChartSymbol | null,
  onMarket: (latest: Market, before: Market) => void,
  onHistory: (part: PaneHistory) => void,
  signal: AbortSignal,
): ChartMarket {
  let watching = new AbortController();
  let moved = (): void => {};
  const current = { symbol: null as ChartSymbol | null, market: NO_MARKET, life: signal };

  const take = (latest: Market): void => {
    const before = current.market;
    current.market = latest;
    onMarket(latest, before);
  };

  return Object.assign(current, {
    follow(raw: string): void {
      const { symbol } = current;
      const next = readSymbol(raw);
      if (next === symbol || (next && symbol && keyOf(next) === keyOf(symbol))) return;
      watching.abort();
      watching = new AbortController();
      const life = AbortSignal.any([signal, watching.signal]);
      Object.assign(current, { symbol: next, market: NO_MARKET, life });
      if (next === null) return;
      const { move, offer } = holdFigures(view, take, life);
      moved = move;
      markets.watch(next, { onChange: offer, onHistory }, life);
    },
    move: () => moved(),
  });
}
