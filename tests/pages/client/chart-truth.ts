import type { Logical } from 'lightweight-charts';

import type { ChartEngine } from './chart-engine';
import type { ChartMode } from './page-options';

/** The chart's own word about itself, for tests alone: neither the product nor the chart API is asked. */
export interface ChartTruth {
  isReady(): boolean;
  symbol(): string;
  /** Of the main pane's canvases, in the frame's CSS pixels. */
  paneRect(): { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  priceToY(price: number): number | null;
  yToPrice(y: number): number | null;
  lastPrice(): number | null;
  /** The bars in view and where they stand, oldest first; only of engines whose time axis the product can read. */
  bars?(): readonly ChartBarPlace[];
  /** Everything a pointer can change: both ranges, clicks that arrived and where the crosshair stands. */
  state(): ChartPointerState;
  setMode(mode: ChartMode): void;
  setInverted(isInverted: boolean): void;
  setAutoScale(isAutoScale: boolean): void;
  /** The newest bars, as wide as at first. */
  resetTime(): void;
  setSymbol(symbol: string): Promise<void>;
}

/** CSS pixels from the left edge of the main pane; prices as they are. */
export interface ChartBarPlace {
  readonly openTimeMs: number;
  readonly left: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
}

export interface ChartPointerState {
  readonly topPrice: number | null;
  readonly bottomPrice: number | null;
  readonly firstBar: number | null;
  readonly lastBar: number | null;
  readonly clicks: number;
  readonly crosshair: { readonly x: number; readonly y: number } | null;
}

declare global {
  interface Window {
    __chart?: ChartTruth;
    /** All of a layout, in its order. */
    __charts?: readonly ChartTruth[];
  }
}

export function truthOf(engine: ChartEngine): ChartTruth {
  const { chart, series } = engine;
  let clicks = 0;
  let crosshair: ChartPointerState['crosshair'] = null;
  // The chart's own subscription swallows every second of two quick clicks.
  chart.chartElement().addEventListener('click', () => clicks++);
  chart.subscribeCrosshairMove(({ point }) => (crosshair = point ? { x: point.x, y: point.y } : null));
  const height = (): number => engine.mainPane().getHeight();
  return {
    isReady: () => engine.hasData(),
    symbol: () => engine.symbol(),
    paneRect() {
      const canvas = engine.mainPane().getHTMLElement()?.children[1].querySelector('canvas');
      const { x = 0, y = 0, width = 0, height = 0 } = canvas?.getBoundingClientRect() ?? {};
      return { x, y, width, height };
    },
    priceToY: (price) => series.priceToCoordinate(price),
    yToPrice: (y) => series.coordinateToPrice(y),
    lastPrice: () => engine.lastCandle()?.close ?? null,
    bars() {
      const scale = chart.timeScale();
      const x = (bar: number): number => scale.logicalToCoordinate(bar as Logical) ?? NaN;
      const { from = 0, to = 0 } = scale.getVisibleLogicalRange() ?? {};
      const half = (x(1) - x(0)) / 2;
      return series.data().flatMap((bar, index) => {
        if (index < from - 0.5 || index > to + 0.5 || !('low' in bar)) return [];
        const { time, low, high } = bar;
        return [{ openTimeMs: Number(time) * 1000, left: x(index) - half, right: x(index) + half, low, high }];
      });
    },
    state() {
      const range = chart.timeScale().getVisibleLogicalRange();
      return {
        topPrice: series.coordinateToPrice(0),
        bottomPrice: series.coordinateToPrice(height() - 1),
        firstBar: range?.from ?? null,
        lastBar: range?.to ?? null,
        clicks,
        crosshair,
      };
    },
    setMode: (mode) => engine.setMode(mode),
    setInverted: (isInverted) => engine.setInverted(isInverted),
    setAutoScale: (isAutoScale) => engine.setAutoScale(isAutoScale),
    resetTime: () => chart.timeScale().resetTimeScale(),
    setSymbol: (symbol) => engine.setSymbol(symbol),
  };
}
