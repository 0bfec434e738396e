import type { VenueId } from '@/lib/market/contract';
import type { Fault } from '@/tests/exchange/faults';
import type { Random } from '@/tests/market/synthetic-random';

const SKEW_MS = 3 * 3_600_000;

/** What the exchange may do wrong, by the name it has in the table. */
const NETWORK_FAULTS: Readonly<Record<string, Fault>> = {
  'REST 429': { target: 'rest', kind: 'status', status: 429, retryAfterSeconds: 5 },
  'REST 418': { target: 'rest', kind: 'status', status: 418, retryAfterSeconds: 10 },
  'REST 403': { target: 'rest', kind: 'status', status: 403 },
  'REST 451': { target: 'rest', kind: 'status', status: 451 },
  'REST 500': { target: 'rest', kind: 'status', status: 500 },
  'REST 503': { target: 'rest', kind: 'status', status: 503 },
  'REST refused': { target: 'rest', kind: 'refuse' },
  'REST cut off': { target: 'rest', kind: 'drop', every: 2 },
  'REST hangs': { target: 'rest', kind: 'hang', every: 2 },
  'REST truncated JSON': { target: 'rest', kind: 'truncated', every: 2 },
  'REST wrong JSON': { target: 'rest', kind: 'malformed', every: 2 },
  'REST rows doubled': { target: 'rest', kind: 'duplicate' },
  'REST rows reversed': { target: 'rest', kind: 'reorder' },
  'REST late': { target: 'rest', kind: 'latency', delayMs: 150 },
  'sockets dropped': { target: 'stream', kind: 'drop' },
  'sockets refused': { target: 'stream', kind: 'refuse' },
  'socket hangs': { target: 'stream', kind: 'hang' },
  'stream silent': { target: 'stream', kind: 'silent' },
  'frames doubled': { target: 'stream', kind: 'duplicate' },
  'frames reordered': { target: 'stream', kind: 'reorder', every: 2 },
  'frames late': { target: 'stream', kind: 'latency', delayMs: 150 },
  'frames truncated': { target: 'stream', kind: 'truncated', every: 2 },
  'frames of wrong JSON': { target: 'stream', kind: 'malformed', every: 2 },
  "venue's clock hours ahead": { target: 'rest', kind: 'skew', skewMs: SKEW_MS },
  "venue's clock hours behind": { target: 'rest', kind: 'skew', skewMs: -SKEW_MS },
};

export const NETWORK_FAULT_NAMES = Object.keys(NETWORK_FAULTS);

/** A fault by its name, of one of these venues or, one time in five, of all: when a market crashes they fail together. */
export function networkFault(name: string, venues: readonly VenueId[], random: Random): Fault {
  const fault = NETWORK_FAULTS[name];
  if (random.next() < 0.2) return fault;
  return { ...fault, venue: venues[Math.floor(random.next() * venues.length)] };
}
