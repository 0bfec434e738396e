import type { NoticeContent } from '@/components/Notice';
import { STREAM_WORDS } from '@/components/stream-words';
import { formatCountdown } from '@/lib/core/format';
import type { HiddenReason } from '@/lib/market/chart-symbol';
import type { HealthState, StreamHealth, VenueHealth } from '@/lib/market/health';

/** Parts as sentences; an empty one says nothing. */
const sentences = (...parts: readonly string[]): string =>
  parts
    .filter(Boolean)
    .map((part) => part.replace(/[^.!?]$/, '$&.'))
    .join(' ');

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const meaningOf = (hasFigures: boolean): string =>
  hasFigures ? 'Figures below hold the last known data' : 'Until then there are no levels';

/** Why the watch was not resolved to a contract. */
export function unresolvedNotice(reason: HiddenReason, detail: string): NoticeContent {
  const venue = 'the exchange';
  if (reason === 'withheld') return withheldNotice(venue, false);
  if (reason === 'blocked') return blockedNotice(venue, detail, false);
  if (reason === 'venue-down' || reason === 'stale') return downNotice(`${venue} does not answer`, detail, false, null);
  const isUnmapped = reason === 'unmapped-symbol';
  return {
    icon: 'chart',
    tone: 'idle',
    word: isUnmapped ? 'No contract' : 'No chart',
    title: isUnmapped ? 'No contract for this chart' : 'No chart in this tab',
    text: isUnmapped
      ? sentences(detail, 'Choose one to see its figures here')
      : 'Open a futures chart, or choose a contract here.',
    actions: ['choose-contract'],
  };
}

const withheldNotice = (venue: string, hasFigures: boolean): NoticeContent => ({
  icon: 'lock',
  tone: 'bad',
  word: 'No access',
  title: `The browser withholds access to ${venue}`,
  text: sentences('Liqband reads public market data there. Allow it to go on', meaningOf(hasFigures)),
  actions: ['allow-access'],
});

const blockedNotice = (venue: string, cause: string, hasFigures: boolean): NoticeContent => ({
  icon: 'barred',
  tone: 'bad',
  word: 'Blocked',
  title: `${capitalized(venue)} is blocked where you are`,
  text: sentences(cause, 'Try again from another network', meaningOf(hasFigures)),
  actions: ['retry'],
});

const downNotice = (what: string, cause: string, hasFigures: boolean, next: string | null): NoticeContent => ({
  icon: 'warning',
  tone: 'bad',
  word: 'Down',
  title: capitalized(what),
  text: sentences(cause, meaningOf(hasFigures), next ?? 'It is tried again by itself'),
  actions: ['retry'],
});

/** No data for so long that the figures may mislead. */
export const staleNotice = (dataAtMs: number): NoticeContent => ({
  icon: 'offline',
  tone: 'warn',
  word: 'Stale',
  title: `No connection since ${new Date(dataAtMs).toLocaleTimeString('en-GB')}`,
  text: 'Figures below are as of then. They fill in when the connection returns.',
  actions: ['retry'],
});

export const storageNotice = (problem: string): NoticeContent => ({
  icon: 'disk',
  tone: 'warn',
  word: 'Storage',
  title: 'Data cannot be stored',
  text: sentences(problem, 'Levels are right; after a restart they are loaded anew'),
  actions: [],
});

/** A map from less history than it should rest on. */
export function shortHistoryNotice(days: number, isYoung: boolean): NoticeContent {
  const whole = Math.max(1, Math.floor(days));
  return {
    icon: 'info',
    tone: 'idle',
    word: '',
    title: `${whole} ${whole === 1 ? 'day' : 'days'} of history`,
    text: isYoung
      ? 'The contract is younger than 30 days. The map rests on all there is.'
      : 'The exchange gave less than 30 days. Older positions count as not located.',
    actions: [],
  };
}

/** Worst first: what keeps all data away, then what only delays it. */
const TROUBLES = ['withheld', 'blocked', 'down', 'limited'] as const satisfies readonly HealthState[];

/** What is wrong at the venue, or null. `hasFigures` decides what it means. */
export function healthNotice(
  health: VenueHealth,
  venue: string,
  hasFigures: boolean,
  nowMs: number,
): NoticeContent | null {
  const state = TROUBLES.find((trouble) => health.streams.some((stream) => stream.state === trouble));
  if (state === undefined) return null;
  if (state === 'withheld') return withheldNotice(venue, hasFigures);
  const streams = health.streams.filter((stream) => stream.state === state);
  const cause = streams.find((stream) => stream.detail !== '')?.detail ?? '';
  if (state === 'blocked') return blockedNotice(venue, cause, hasFigures);
  const next = nextTry(streams, nowMs);
  if (state === 'down') {
    const isAll = !health.streams.some((stream) => stream.state === 'live');
    return downNotice(isAll ? `${venue} does not answer` : `${listOf(streams)} stopped`, cause, hasFigures, next);
  }
  return {
    icon: 'wait',
    tone: 'warn',
    word: 'Limited',
    title: `${venue} asked to wait`,
    text: sentences(cause, meaningOf(hasFigures), next ?? 'It goes on by itself'),
    actions: ['retry'],
  };
}

function nextTry(streams: readonly StreamHealth[], nowMs: number): string | null {
  const soonest = Math.min(...streams.map(({ retryAtMs }) => retryAtMs ?? Infinity));
  return soonest > nowMs && soonest < Infinity ? `Trying again in ${formatCountdown(soonest - nowMs)}` : null;
}

function listOf(streams: readonly StreamHealth[]): string {
  const names = streams.map(({ stream }) => STREAM_WORDS[stream].toLowerCase());
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
}
