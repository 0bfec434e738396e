// Recorded single liquidations, wherever a folder of recordings holds some.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { z } from 'zod/mini';

import type { Liquidation } from '@/lib/market/liquidation';

export interface EventSource {
  readonly name: string;
  /** Events of a coin quoted in dollars, by rising time. */
  readonly eventsOf: (coin: string) => readonly Liquidation[];
}

type SymbolEvent = Liquidation & { readonly symbol: string };

/** Each folder that holds events: a table of a venue's own, or recordings of Binance's forceOrder stream. */
export function eventSources(dir: string): readonly EventSource[] {
  const folders = existsSync(dir) ? readdirSync(dir, { withFileTypes: true }).filter((each) => each.isDirectory()) : [];
  return folders.flatMap(({ name }) => {
    const files = readdirSync(path.join(dir, name));
    if (files.includes('bars.csv.gz')) return [];
    const events = files.flatMap((file) => readEvents(path.join(dir, name, file))).sort((a, b) => a.timeMs - b.timeMs);
    if (events.length === 0) return [];
    return [{ name, eventsOf: (coin: string) => events.filter(({ symbol }) => coinOf(symbol) === coin) }];
  });
}

export const coinOf = (symbol: string): string => symbol.replace(/USD[TC]?$/, '');

function readEvents(file: string): readonly SymbolEvent[] {
  if (file.endsWith('.jsonl.gz')) {
    return readLines(file).flatMap((line) => {
      const frame = FRAME.safeParse(JSON.parse(line));
      return frame.success ? [eventFromFrame(frame.data.o)] : [];
    });
  }
  if (!file.endsWith('.csv.gz')) return [];
  const [header, ...lines] = readLines(file);
  const titles = header.split(',');
  return lines
    .map((line) => Object.fromEntries(line.split(',').map((field, i) => [titles[i], field])))
    .filter((row) => row['repeat'] !== '1' && Number(row['ts_ms']) > 0 && Number(row['price']) > 0)
    .map((row) => ({
      symbol: row['symbol'],
      timeMs: Number(row['ts_ms']),
      positionSide: row['position_side'] === 'long' || row['side'] === 'sell' ? 'long' : 'short',
      bankruptcyPrice: Number(row['price']),
      averagePrice: NaN,
      qty: Number(row['qty'] ?? row['quantity']),
    }));
}

const readLines = (file: string): readonly string[] => gunzipSync(readFileSync(file)).toString().trim().split(/\r?\n/);

const FRAME = z.object({
  o: z.object({
    s: z.string(),
    S: z.enum(['BUY', 'SELL']),
    p: z.coerce.number(),
    ap: z.coerce.number(),
    z: z.coerce.number(),
    T: z.number(),
  }),
});

const eventFromFrame = ({ s, S, p, ap, z: qty, T }: z.infer<typeof FRAME>['o']): SymbolEvent => ({
  symbol: s,
  timeMs: T,
  positionSide: S === 'SELL' ? 'long' : 'short',
  bankruptcyPrice: p,
  averagePrice: ap,
  qty,
});
