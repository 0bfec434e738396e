import type { NoticeContent } from '@/components/Notice';
import { STREAM_WORDS } from '@/components/stream-words';
import { formatCountdown } from '@/lib/core/format';
import type { HiddenReason } from '@/lib/market/chart-symbol';
import type { HealthState, StreamHealth, VenueHealth } from '@/lib/market/health';

const sentence = (text: string): string => (text === '' ? '' : text.replace(/[^.!?]$/, '$&.'));
const sentences = (...parts: readonly string[]): string => parts.map(sentence).filter(Boolean).join(' ');

/** Why the watch was not resolved to a contract. */
export function unresolvedNotice(reason: HiddenReason, detail: string): NoticeContent {
  switch (reason) {
    case 'withheld':
      return withheldNotice('the exchange', false);
    case 'blocked':
      return {
        icon: 'barred',
        tone: 'bad',
        word: 'Blocked',
        title: 'The exchange is blocked where you are',
        text: sentences(detail, 'Without it there are no levels. Try again from another network'),
        actions: ['retry'],
      };
    case 'venue-down':
    case 'stale':
      return {
        icon: 'offline',
        tone: 'bad',
        word: 'Down',
        title: 'The exchange does not answer',
        text: sentences(detail, 'Without its list of contracts there are no levels. It is tried again by itself'),
        actions: ['retry'],
      };
    case 'unmapped-symbol':
      return {
        icon: 'chart',
        tone: 'idle',
        word: 'No contract',
        title: 'No contract for this chart',
        text: sentences(detail, 'Nothing is drawn on it. Choose a contract to see its figures here'),
        actions: ['choose-contract'],
      };
    default:
      return {
        icon: 'chart',
        tone: 'idle',
        word: 'No chart',
        title: 'No chart in this tab',
        text: 'Open a futures chart on TradingView, Binance or Bybit, or choose a contract here.',
        actions: ['choose-contract'],
      };
  }
}

export function withheldNotice(venue: string, hasFigures: boolean): NoticeContent {
  return {
    icon: 'lock',
    tone: 'bad',
    word: 'No access',
    title: `The browser withholds access to ${venue}`,
    text: sentences(
      'Liqband reads public market data from there and nowhere else',
      hasFigures ? 'Figures below are as of the last access' : 'Without it there are no levels',
      'It goes on as soon as you allow it',
    ),
    actions: ['allow-access'],
  };
}

/** No data for so long that the figures may mislead. */
export function staleNotice(dataAtMs: number, nextTryMs: number | null): NoticeContent {
  return {
    icon: 'offline',
    tone: 'warn',
    word: 'Stale',
    title: `No connection since ${new Date(dataAtMs).toLocaleTimeString('en-GB')}`,
    text: sentences(
      'Figures below are as of then',
      'They fill in by themselves when the connection returns',
      nextTryMs === null ? '' : `Next try in ${formatCountdown(nextTryMs)}`,
    ),
    actions: ['retry'],
  };
}

export function storageNotice(problem: string): NoticeContent {
  return {
    icon: 'disk',
    tone: 'warn',
    word: 'Storage',
    title: 'Data cannot be stored',
    text: sentences(problem, 'Levels are right while the browser runs, and are loaded anew after it restarts'),
    actions: [],
  };
}

/** A map from less history than it should rest on. */
export function shortHistoryNotice(days: number, isYoung: boolean): NoticeContent {
  const whole = Math.max(1, Math.floor(days));
  return {
    icon: 'info',
    tone: 'idle',
    word: '',
    title: `${whole} ${whole === 1 ? 'day' : 'days'} of history`,
    text: isYoung
      ? 'The contract is younger than 30 days. The map rests on all there is and fills in as it ages.'
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
  const meaning = hasFigures ? 'Figures below hold the last known data' : 'Until then there are no levels';
  if (state === 'blocked') {
    return {
      icon: 'barred',
      tone: 'bad',
      word: 'Blocked',
      title: `${venue} is blocked where you are`,
      text: sentences(
        cause,
        hasFigures ? 'Figures below are as of the last answer' : 'Without it there are no levels',
        'Try again from another network',
      ),
      actions: ['retry'],
    };
  }
  const next = nextTry(streams, nowMs);
  if (state === 'limited') {
    return {
      icon: 'wait',
      tone: 'warn',
      word: 'Limited',
      title: `${venue} asked to wait`,
      text: sentences(cause, meaning, next ?? 'It goes on by itself'),
      actions: ['retry'],
    };
  }
  const isAll = !health.streams.some((stream) => stream.state === 'live');
  return {
    icon: isAll ? 'offline' : 'warning',
    tone: 'bad',
    word: 'Down',
    title: isAll ? `${venue} does not answer` : `${listOf(streams)} stopped`,
    text: sentences(cause, meaning, next ?? 'It is tried again by itself'),
    actions: ['retry'],
  };
}

function nextTry(streams: readonly StreamHealth[], nowMs: number): string | null {
  const times = streams.flatMap(({ retryAtMs }) => (retryAtMs === null ? [] : [retryAtMs]));
  const soonest = Math.min(...times);
  return soonest > nowMs && times.length > 0 ? `Trying again in ${formatCountdown(soonest - nowMs)}` : null;
}

function listOf(streams: readonly StreamHealth[]): string {
  const names = streams.map(({ stream }, index) =>
    index === 0 ? STREAM_WORDS[stream] : STREAM_WORDS[stream].toLowerCase(),
  );
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
