import { SECOND_MS } from '@/lib/core/time';

import type { Refusal } from './http';

/** Venues that say so in a code say "too many requests" about windows of a second or two. */
const LIMITED_WAIT_MS = 10 * SECOND_MS;

/** Reads a venue's own code under a status of 200; other statuses speak for themselves. */
export const refusalByCode =
  (okCode: string, limitedCodes: readonly string[]) =>
  (status: number, json: unknown): Refusal | null => {
    if (status !== 200 || typeof json !== 'object' || json === null || !('code' in json)) return null;
    const { code } = json;
    if (typeof code !== 'string' || code === okCode) return null;
    return limitedCodes.includes(code) ? { kind: 'limited', code, waitMs: LIMITED_WAIT_MS } : { kind: 'http', code };
  };
