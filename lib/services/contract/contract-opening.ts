import { HOUR_MS, SECOND_MS } from '@/lib/core/time';
import type { ServiceEnvironment } from '@/lib/services/environment';

const RETRY_MS = 15 * SECOND_MS;
/** A disk that damages rows again and again must not have a month folded without end. */
const REPAIR_MS = HOUR_MS;

/** How a contract is brought from the store to the present, once or again. */
export interface ContractOpening {
  /** Whether what is stored was read. */
  readonly isOpen: boolean;
  /** Begins; a store that fails now may work later. */
  open(): void;
  /** Begins anew, as rows were found damaged: what they held is missing now and asked for like anything that is. */
  repair(): void;
}

export interface ContractOpeningOptions {
  /** What is stored, up to where the history is known. */
  readonly read: () => Promise<void>;
  /** Whatever is missing since. */
  readonly fill: () => Promise<void>;
  readonly environment: ServiceEnvironment;
  readonly signal: AbortSignal;
  readonly onError: (cause: unknown) => void;
}

export function createContractOpening({
  read,
  fill,
  environment,
  signal,
  onError,
}: ContractOpeningOptions): ContractOpening {
  let isOpen = false;
  let repairedMs = -Infinity;
  let isOpening = false;
  /** Wanted again while it was under way. */
  let isDue = false;
  let cancelRetry = () => {};
  signal.addEventListener('abort', () => cancelRetry());

  const openOnce = async (): Promise<void> => {
    await read();
    isOpen = true;
    await fill();
  };

  /** One at a time: two would fetch the same and fold it twice. */
  const open = (): void => {
    cancelRetry();
    isDue = isOpening;
    if (isOpening) return;
    isOpening = true;
    openOnce()
      .catch((cause: unknown) => {
        onError(cause);
        if (!signal.aborted) cancelRetry = environment.setTimer(open, RETRY_MS);
      })
      .finally(() => {
        isOpening = false;
        if (isDue && !signal.aborted) open();
      });
  };

  return {
    get isOpen() {
      return isOpen;
    },
    open,
    repair() {
      if (environment.now() - repairedMs < REPAIR_MS) return;
      repairedMs = environment.now();
      open();
    },
  };
}
