/** Pictures' own units. */
export const WIDTH = 240;
export const HEIGHT = 132;

/** Open, high, low and close of bars, in pixels from the top. */
const BARS = [
  [92, 84, 100, 88],
  [88, 80, 94, 83],
  [83, 78, 92, 90],
  [90, 72, 92, 75],
  [75, 66, 80, 69],
  [69, 62, 78, 76],
  [76, 58, 78, 61],
  [61, 54, 70, 66],
  [66, 56, 72, 70],
  [70, 60, 74, 64],
] as const;

/** Where the last bar closes: the price of every picture. */
export const PRICE_Y = 64;

/** A few bars up to the price; the chart that everybody knows. */
export const Candles = ({ left = 10, step = 12 }: { left?: number; step?: number }) => (
  <g class="picture-candles">
    {BARS.map(([open, high, low, close], i) => {
      const x = left + i * step;
      return (
        <g key={i} class={close < open ? 'is-up' : 'is-down'}>
          <rect x={x + 3} y={high} width={1} height={low - high} />
          <rect x={x} y={Math.min(open, close)} width={7} height={Math.max(2, Math.abs(close - open))} />
        </g>
      );
    })}
  </g>
);

/** Dollars by height, densest in the middle of each heap: shorts above the price, longs below. */
export const LEVELS = [
  { y: 10, usd: 0.25 },
  { y: 18, usd: 0.55 },
  { y: 26, usd: 1 },
  { y: 34, usd: 0.6 },
  { y: 42, usd: 0.2 },
  { y: 80, usd: 0.3 },
  { y: 88, usd: 0.45 },
  { y: 96, usd: 0.75 },
  { y: 104, usd: 0.9 },
  { y: 112, usd: 0.5 },
  { y: 120, usd: 0.2 },
] as const;

export const isShort = (y: number): boolean => y < PRICE_Y;

export const PriceLine = ({ from = 0, to = WIDTH }: { from?: number; to?: number }) => (
  <path class="picture-price" d={`M${from} ${PRICE_Y + 0.5}H${to}`} />
);
