import { STREAM_NAMES, type HealthState, type StreamHealth } from '@/lib/market/health';

/** The worse a state, the further behind. */
const BY_GRAVITY: readonly HealthState[] = [
  'idle',
  'live',
  'backfilling',
  'connecting',
  'silent',
  'limited',
  'down',
  'withheld',
  'blocked',
];

const graver = (a: StreamHealth, b: StreamHealth): StreamHealth =>
  BY_GRAVITY.indexOf(b.state) > BY_GRAVITY.indexOf(a.state) ? b : a;

/** One list for a venue with several connections: each stream as its worst connection has it, idle ones apart. */
export const mergeHealth = (lists: readonly (readonly StreamHealth[])[]): StreamHealth[] =>
  STREAM_NAMES.map((name) => {
    const entries = lists.map((list) => list.find(({ stream }) => stream === name)!);
    const worst = entries.reduce(graver);
    return {
      ...worst,
      lastDataMs: entries.reduce<number | null>((last, { lastDataMs }) => latest(last, lastDataMs), null),
      detail:
        worst.detail === ''
          ? (entries.find(({ state, detail }) => state === worst.state && detail !== '')?.detail ?? '')
          : worst.detail,
      brokenCount: entries.reduce((sum, { brokenCount }) => sum + brokenCount, 0),
    };
  });

const latest = (a: number | null, b: number | null): number | null => (a === null || (b !== null && b > a) ? b : a);
