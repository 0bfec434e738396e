/** Bybit's two families of perpetuals: each has its own requests and its own socket. */
export const CATEGORIES = ['linear', 'inverse'] as const;
export type Category = (typeof CATEGORIES)[number];

/** Inverse perpetuals are `BTCUSD`; linear ones `BTCUSDT` and, in USDC, `BTCPERP`. */
export const categoryOf = (symbol: string): Category => (symbol.endsWith('USD') ? 'inverse' : 'linear');

/** Dated futures carry a date behind a dash (`BTCUSDT-26DEC25`, `BTC-26DEC25`) or a month's letter and year (`BTCUSDH26`). */
export const isPerpetual = (symbol: string): boolean => !/-|USD[FGHJKMNQUVXZ]\d\d$/.test(symbol);
