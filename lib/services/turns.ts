/** Runs one piece of work at a time, in the order in which they were asked for. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** Work of all contracts that holds a month of one of them in memory: together they would fill it. */
export interface LongWork {
  readonly folds: Turns;
  /** Takes seconds, so that no fold may stand behind it. */
  readonly columns: Turns;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

export const createLongWork = (): LongWork => ({ folds: createTurns(), columns: createTurns() });
