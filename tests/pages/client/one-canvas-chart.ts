import type { PageCandle } from '../candle';
import { fetchCandles, followCandles } from './candle-feed';
import { CHART_COLOURS } from './chart-theme';
import type { PageOptions } from './page-options';

const BAR_PX = 7;
const AXIS_PX = 72;
const TIMES_PX = 24;
const VOLUME_SHARE = 0.2;
const TICKS = 7;

/** All that stands on one canvas in Binance's own chart as we imagine it, or the axis on a second one beside it. */
export function drawOneCanvasChart(box: HTMLElement, symbol: string, options: PageOptions): void {
  const colours = CHART_COLOURS.binance[options.theme];
  const [pane, axis] = [canvasIn(box), options.original === 'beside' ? canvasIn(box) : null];
  let candles: readonly PageCandle[] = [];
  let bottom = 0;
  let view = { top: 1, perPx: 1, height: 0, width: 0 };
  const priceToY = (price: number): number => (view.top - price) / view.perPx;

  function draw(): void {
    const { width, height } = box.getBoundingClientRect();
    const context = prepared(pane, 0, axis ? width - AXIS_PX : width, height);
    const labels = axis ? prepared(axis, width - AXIS_PX, AXIS_PX, height) : context;
    const left = axis ? 0 : width - AXIS_PX;
    const right = width - AXIS_PX;
    bottom = Math.round((height - TIMES_PX) * (1 - VOLUME_SHARE));
    const shown = candles.slice(-Math.floor(right / BAR_PX));
    if (shown.length === 0) return;
    const [low, high] = [Math.min(...shown.map((bar) => bar.low)), Math.max(...shown.map((bar) => bar.high))];
    const perPx = (high - low) / (0.8 * bottom);
    view = { top: high + 0.1 * bottom * perPx, perPx, height: bottom, width: right };
    const most = Math.max(...shown.map((bar) => bar.volume));
    for (const [i, { open, close, ...bar }] of shown.entries()) {
      const x = i * BAR_PX;
      context.fillStyle = close >= open ? colours.up : colours.down;
      context.fillRect(x + 3, priceToY(bar.high), 1, priceToY(bar.low) - priceToY(bar.high));
      context.fillRect(x + 1, priceToY(Math.max(open, close)), 5, Math.abs(open - close) / perPx + 1);
      const tall = (bar.volume / most) * 0.7 * (height - TIMES_PX - bottom);
      context.fillRect(x + 1, height - TIMES_PX - tall, 5, tall);
    }
    // A legend beside, a marker within, the times below.
    context.fillStyle = labels.fillStyle = colours.text;
    const last = shown[shown.length - 1];
    [symbol, 'O', String(last.open), 'C', String(last.close)].forEach((text, i) =>
      context.fillText(text, 8 + 70 * i, 12),
    );
    ['Vol', volumeText(last.volume), 'MA', volumeText(most / 2)].forEach((text, i) =>
      context.fillText(text, 8 + 70 * i, bottom + 14),
    );
    context.fillText(`← ${low}`, BAR_PX * (1 + shown.findIndex((bar) => bar.low === low)), priceToY(low));
    for (let i = 10; i < shown.length; i += 20)
      context.fillText(new Date(shown[i].time * 1000).toISOString().slice(11, 16), i * BAR_PX, height - TIMES_PX / 2);
    const step = niceStep((bottom * perPx) / TICKS);
    for (let price = Math.ceil(view.top / step) * step; priceToY(price) < bottom - 8; price -= step)
      if (priceToY(price) > 8) axisText(labels, price.toFixed(1), left, priceToY(price));
    for (const share of [0.5, 1]) {
      const y = height - TIMES_PX - 0.7 * share * (height - TIMES_PX - bottom);
      axisText(labels, volumeText(most * share), left, y);
    }
    labels.fillStyle = colours.up;
    labels.fillRect(left, priceToY(last.close) - 9, AXIS_PX, 18);
    labels.fillStyle = '#fff';
    axisText(labels, last.close.toFixed(1), left, Math.round(priceToY(last.close)));
  }

  const { signal } = new AbortController();
  void fetchCandles(symbol, options.interval, signal).then((loaded) => {
    candles = loaded;
    followCandles(symbol, options.interval, (candle) => ((candles = withCandle(candles, candle)), draw()), signal);
    draw();
  });
  new ResizeObserver(draw).observe(box);
  window.__chart = {
    isReady: () => candles.length > 0,
    symbol: () => symbol,
    paneRect() {
      const { x, y } = box.getBoundingClientRect();
      return { x, y, width: view.width, height: view.height };
    },
    priceToY,
    yToPrice: (y) => view.top - y * view.perPx,
    lastPrice: () => candles.at(-1)?.close ?? null,
    state: () => ({
      topPrice: view.top,
      bottomPrice: view.top - view.perPx * bottom,
      firstBar: null,
      lastBar: null,
      clicks: 0,
      crosshair: null,
    }),
    setMode: () => {},
    setInverted: () => {},
    setAutoScale: () => {},
    resetTime: () => {},
    setSymbol: () => Promise.resolve(),
  };
}

function canvasIn(box: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.style.position = 'absolute';
  canvas.style.top = '0';
  box.append(canvas);
  return canvas;
}

function prepared(canvas: HTMLCanvasElement, left: number, width: number, height: number): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The page has no canvas');
  const { devicePixelRatio: ratio } = window;
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  Object.assign(canvas.style, { left: `${left}px`, width: `${width}px`, height: `${height}px` });
  context.scale(ratio, ratio);
  context.font = '11px sans-serif';
  context.textBaseline = 'middle';
  return context;
}

/** Digits in the middle of the height asked for, as every chart that cares has them. */
function axisText(context: CanvasRenderingContext2D, text: string, left: number, y: number): void {
  const { actualBoundingBoxAscent, actualBoundingBoxDescent } = context.measureText(text);
  context.fillText(text, left + 8, y + (actualBoundingBoxAscent - actualBoundingBoxDescent) / 2);
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
}

const volumeText = (volume: number): string => `${(volume / 1000).toFixed(3)}K`;

const withCandle = (candles: readonly PageCandle[], candle: PageCandle): readonly PageCandle[] => [
  ...candles.filter(({ time }) => time < candle.time),
  candle,
];
