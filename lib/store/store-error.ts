/** Why the store cannot keep data on disk. */
export interface StoreError {
  /**
   * `blocked` an older version holds the database open, `newer` a newer version wrote it, `full` no space is left,
   * `unavailable` the browser gives no database (private window, damaged profile, policy).
   */
  readonly kind: 'blocked' | 'newer' | 'full' | 'unavailable';
  /** One plain sentence for the user. */
  readonly message: string;
  /** For the log: the browser's own words. */
  readonly detail: string;
}

const MESSAGES: Record<StoreError['kind'], string> = {
  blocked: 'Another window still runs an older Liqband. Close it or restart the browser; until then nothing is stored.',
  newer: 'A newer Liqband stored the data of this browser. Update it; until then nothing is stored.',
  full: 'The disk or the space that the browser allows is full. New data is not stored.',
  unavailable: 'The browser gives no storage, as in some private windows. Nothing is stored.',
};

export const storeError = (kind: StoreError['kind'], detail: string): StoreError => ({
  kind,
  message: MESSAGES[kind],
  detail,
});

/** Names what a rejected call of the store means; anything unknown is `unavailable`. */
export function storeErrorFrom(cause: unknown): StoreError {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  const kind = name === 'QuotaExceededError' ? 'full' : name === 'VersionError' ? 'newer' : 'unavailable';
  return storeError(kind, String(cause));
}
