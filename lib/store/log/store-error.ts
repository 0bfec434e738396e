import { cause, type CauseCode } from '@/lib/core/cause';

/** Why the store cannot keep data on disk. */
export interface StoreError {
  /**
   * `blocked` an older version holds the database open, `newer` a newer version wrote it, `full` no space is left,
   * `unavailable` the browser gives no database (private window, damaged profile, policy).
   */
  readonly kind: 'blocked' | 'newer' | 'full' | 'unavailable';
  /** For the user, as `cause` writes it. */
  readonly message: string;
  /** For the log: the browser's own words. */
  readonly detail: string;
}

const CODES = {
  blocked: 'storeBlocked',
  newer: 'storeNewer',
  full: 'storeFull',
  unavailable: 'storeUnavailable',
} as const satisfies Record<StoreError['kind'], CauseCode>;

/** `detail`: the browser's own words, for the log. */
export const storeError = (kind: StoreError['kind'], detail: string): StoreError => ({
  kind,
  message: cause(CODES[kind]),
  detail,
});

/** Names what a rejected call of the store means; anything unknown is `unavailable`. */
export function storeErrorFrom(thrown: unknown): StoreError {
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  const kind = name === 'QuotaExceededError' ? 'full' : name === 'VersionError' ? 'newer' : 'unavailable';
  return storeError(kind, String(thrown));
}
