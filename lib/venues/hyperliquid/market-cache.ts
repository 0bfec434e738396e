import { ok, type Result } from '@/lib/core/result';
import { SECOND_MS, type Clock } from '@/lib/core/time';
import type { VenueError } from '@/lib/venues/venue';

import type { Market } from './rest-wire';

/** Young enough to stand for now: those who ask at about the same time share an answer. */
const FRESH_MS = 5 * SECOND_MS;

type Markets = ReadonlyMap<string, Market>;

/** The assets of each dex with their figures: one answer tells them all, so it is shared. */
export interface MarketCache {
  /** An answer of the last seconds. */
  readNow(dex: string): Promise<Result<Markets, VenueError>>;
  /** Any answer of this session, for what seldom changes. */
  read(dex: string): Promise<Result<Markets, VenueError>>;
}

/** Those who ask while a question is under way share its answer; a failure is not kept. */
export function createMarketCache(
  fetchDex: (dex: string) => Promise<Result<Markets, VenueError>>,
  now: Clock,
): MarketCache {
  const answers = new Map<string, { readonly timeMs: number; readonly markets: Markets }>();
  const asking = new Map<string, Promise<Result<Markets, VenueError>>>();

  const ask = async (dex: string): Promise<Result<Markets, VenueError>> => {
    const result = await fetchDex(dex).finally(() => asking.delete(dex));
    if (result.ok) answers.set(dex, { timeMs: now(), markets: result.value });
    return result;
  };
  const readWithin = (dex: string, ageMs: number): Promise<Result<Markets, VenueError>> => {
    const answer = answers.get(dex);
    if (answer !== undefined && now() - answer.timeMs <= ageMs) return Promise.resolve(ok(answer.markets));
    const asked = asking.get(dex) ?? ask(dex);
    asking.set(dex, asked);
    return asked;
  };

  return {
    readNow: (dex) => readWithin(dex, FRESH_MS),
    read: (dex) => readWithin(dex, Infinity),
  };
}
