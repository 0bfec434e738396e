import type { PageCandle, PageSymbol } from '../candle';

/** Absolute, because a `blob:` frame has no address that a path could be relative to. */
const base = (): string => `${self.origin}/-`;

export async function fetchSymbols(): Promise<PageSymbol[]> {
  const response = await fetch(`${base()}/symbols`);
  return (await response.json()) as PageSymbol[];
}

export async function fetchCandles(symbol: string, interval: string, signal: AbortSignal): Promise<PageCandle[]> {
  const response = await fetch(`${base()}/candles?${new URLSearchParams({ symbol, interval })}`, { signal });
  return (await response.json()) as PageCandle[];
}

export function followCandles(
  symbol: string,
  interval: string,
  onCandle: (candle: PageCandle) => void,
  signal: AbortSignal,
): void {
  const query = new URLSearchParams({ symbol, interval });
  const socket = new WebSocket(`${base().replace('https:', 'wss:')}/live?${query}`);
  socket.addEventListener('message', ({ data }) => onCandle(JSON.parse(String(data)) as PageCandle), { signal });
  signal.addEventListener('abort', () => socket.close());
}
