import { SECOND_MS } from '@/lib/core/time';
import type { VenueId } from '@/lib/market/contract';
import type { Liquidation } from '@/lib/market/liquidation';
import type { ServiceEnvironment } from '@/lib/services/environment';
import { LIQUIDATION_CODEC } from '@/lib/store/log/series-codec';
import { TAPE_WIDTH, type TapeBatch } from '@/lib/store/log/tape-log';

const FLUSH_MS = SECOND_MS / 4;
/** After the store refused. */
const RETRY_MS = 5 * SECOND_MS;
/** 12 MB: 20,000 events a second for 10 s and a store that takes nothing meanwhile. */
const MAX_WAITING = 262_144;
const FIRST_EVENTS = 256;

/** Takes events as they come and stores them together, so that a burst costs four transactions a second. */
export interface TapeWriter {
  /** False where so much waits already that it is lost. */
  add(venueId: VenueId, symbol: string, liquidation: Liquidation): boolean;
  /** Resolves once all that came before is stored (true) or refused. */
  flush(): Promise<boolean>;
}

interface OpenBatch {
  readonly symbols: Map<string, number>;
  numbers: Float64Array;
  length: number;
}

export function createTapeWriter(
  append: (batches: readonly TapeBatch[]) => Promise<void>,
  environment: Pick<ServiceEnvironment, 'setTimer'>,
  onError: (cause: unknown) => void,
): TapeWriter {
  const open = new Map<VenueId, OpenBatch>();
  /** Closed, and not known to be stored. */
  let waiting: TapeBatch[] = [];
  let waitingCount = 0;
  let isTimed = false;
  let writing: Promise<boolean> | null = null;

  const schedule = (delayMs: number): void => {
    if (isTimed) return;
    isTimed = true;
    environment.setTimer(() => {
      isTimed = false;
      void write();
    }, delayMs);
  };

  const close = (): void => {
    for (const [venueId, { symbols, numbers, length }] of open) {
      waiting.push({ venueId, symbols: [...symbols.keys()], numbers: numbers.slice(0, length) });
    }
    open.clear();
  };

  const writeOnce = async (): Promise<boolean> => {
    close();
    const batches = waiting;
    if (batches.length === 0) return true;
    try {
      await append(batches);
      waiting = waiting.slice(batches.length);
      for (const { numbers } of batches) waitingCount -= numbers.length / TAPE_WIDTH;
      if (waitingCount > 0) schedule(FLUSH_MS);
      return true;
    } catch (cause) {
      onError(cause);
      schedule(RETRY_MS);
      return false;
    }
  };

  const write = (): Promise<boolean> => {
    writing ??= writeOnce().finally(() => {
      writing = null;
    });
    return writing;
  };

  const batchOf = (venueId: VenueId): OpenBatch => {
    let batch = open.get(venueId);
    if (batch === undefined) {
      batch = { symbols: new Map(), numbers: new Float64Array(FIRST_EVENTS * TAPE_WIDTH), length: 0 };
      open.set(venueId, batch);
    }
    if (batch.length === batch.numbers.length) {
      const larger = new Float64Array(2 * batch.length);
      larger.set(batch.numbers);
      batch.numbers = larger;
    }
    return batch;
  };

  return {
    add(venueId, symbol, liquidation) {
      if (waitingCount >= MAX_WAITING) return false;
      const batch = batchOf(venueId);
      let index = batch.symbols.get(symbol);
      if (index === undefined) {
        index = batch.symbols.size;
        batch.symbols.set(symbol, index);
      }
      batch.numbers[batch.length] = index;
      LIQUIDATION_CODEC.write(liquidation, batch.numbers, batch.length + 1);
      batch.length += TAPE_WIDTH;
      waitingCount += 1;
      schedule(FLUSH_MS);
      return true;
    },
    async flush() {
      await writing;
      return write();
    },
  };
}
