/** Requests of each endpoint within windows of the machine's time, as venues without weights limit them. */
export interface RequestCounter {
  /** Counts a request; false when it is one too many. */
  spend(path: string): boolean;
  reset(): void;
}

export const createRequestCounter = (
  machineNow: () => number,
  windowMs: number,
  mostOf: (path: string) => number,
): RequestCounter => {
  const counts = new Map<string, number>();
  let window = 0;
  return {
    spend(path) {
      const current = Math.floor(machineNow() / windowMs);
      if (current !== window) counts.clear();
      window = current;
      const count = (counts.get(path) ?? 0) + 1;
      counts.set(path, count);
      return count <= mostOf(path);
    },
    reset: () => counts.clear(),
  };
};
