import type { VenueId } from '@/lib/market/contract';
import type { Liquidation, RecordedSpan } from '@/lib/market/liquidation';
import { openMarketLog } from '@/lib/store/log/open-market-log';
import { LIQUIDATION_CODEC } from '@/lib/store/log/series-codec';
import { TAPE_WIDTH, type TapeBatch } from '@/lib/store/log/tape-log';

/** What a venue's stream told of all its contracts in a stretch. */
export interface Recorded {
  readonly venueId: VenueId;
  readonly span: RecordedSpan;
  readonly bySymbol: readonly (readonly [symbol: string, events: readonly Liquidation[]])[];
}

/** Runs in a page of the extension: stores what would have been recorded had somebody watched; returns how many events. */
export async function appendTape(all: readonly Recorded[]): Promise<number> {
  const { log } = await openMarketLog(() => {});
  for (const recorded of all) {
    await log.appendTape([batchOf(recorded)], recorded.span.fromMs);
    await log.extendFeedSpan(recorded.venueId, recorded.span);
  }
  return all.reduce((sum, { bySymbol }) => sum + bySymbol.reduce((count, [, events]) => count + events.length, 0), 0);
}

function batchOf({ venueId, bySymbol }: Recorded): TapeBatch {
  const events = bySymbol
    .flatMap(([, each], symbol) => each.map((event) => ({ symbol, event })))
    .sort((a, b) => a.event.timeMs - b.event.timeMs);
  const numbers = new Float64Array(events.length * TAPE_WIDTH);
  for (const [i, { symbol, event }] of events.entries()) {
    numbers[i * TAPE_WIDTH] = symbol;
    LIQUIDATION_CODEC.write(event, numbers, i * TAPE_WIDTH + 1);
  }
  return { venueId, symbols: bySymbol.map(([symbol]) => symbol), numbers };
}
