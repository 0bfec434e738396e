import { causeWords, sentences } from '@/components/cause-words';
import type { NoticeAction, NoticeContent } from '@/components/Notice';
import type { Tone } from '@/components/StateMark';
import { formatCountdown } from '@/lib/core/format';
import { formatLocalTime, formatMoment } from '@/lib/core/format-time';
import { t, type WordParams } from '@/lib/i18n/words';
import type { HiddenReason } from '@/lib/market/chart-symbol';
import type { HealthState, StreamHealth, VenueHealth } from '@/lib/market/health';
import type { MarketHours } from '@/lib/market/trading-hours';
import { venueName } from '@/lib/market/venue-facts';

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What is there in spite of a venue's trouble; figures of another venue are not affected. */
export type Remains = 'nothing' | 'lastKnown' | 'others';

const meaningOf = (remains: Remains): string =>
  remains === 'others' ? '' : t(remains === 'lastKnown' ? 'notice.lastKnown' : 'notice.noLevels');

type NoticeKind =
  | 'unmapped'
  | 'noChart'
  | 'withheld'
  | 'blocked'
  | 'noAnswer'
  | 'stopped'
  | 'stale'
  | 'storage'
  | 'limited';

/** The texts of a kind, with what is known of the case between its own and what it means. */
const notice = (
  kind: NoticeKind,
  icon: NoticeContent['icon'],
  tone: Tone,
  action: NoticeAction | null,
  params: WordParams,
  ...text: readonly string[]
): NoticeContent => ({
  icon,
  tone,
  word: t(`notice.${kind}.word`),
  title: capitalized(t(`notice.${kind}`, params)),
  text: sentences(...text),
  actions: action === null ? [] : [action],
});

/** Why the watch was not resolved to a contract. */
export function unresolvedNotice(reason: HiddenReason, detail: string): NoticeContent {
  const venue = t('notice.theExchange');
  if (reason === 'withheld') return withheldNotice(venue, 'nothing');
  if (reason === 'blocked') return blockedNotice(venue, causeWords(detail), 'nothing');
  if (reason === 'venue-down' || reason === 'stale')
    return downNotice('noAnswer', { venue }, causeWords(detail), 'nothing');
  return reason === 'unmapped-symbol'
    ? notice('unmapped', 'chart', 'idle', 'choose-contract', {}, causeWords(detail), t('notice.unmapped.text'))
    : notice('noChart', 'chart', 'idle', 'choose-contract', {}, t('notice.noChart.text'));
}

const withheldNotice = (venue: string, remains: Remains) =>
  notice('withheld', 'lock', 'bad', 'allow-access', { venue }, t('notice.withheld.text'), meaningOf(remains));

const blockedNotice = (venue: string, cause: string, remains: Remains) =>
  notice('blocked', 'barred', 'bad', 'retry', { venue }, cause, t('notice.blocked.text'), meaningOf(remains));

const downNotice = (
  kind: 'noAnswer' | 'stopped',
  params: WordParams,
  cause: string,
  remains: Remains,
  next: string = t('retry.byItself'),
) => notice(kind, 'warning', 'bad', 'retry', params, cause, next, meaningOf(remains));

/** No data for so long that the figures may mislead. */
export const staleNotice = (dataAtMs: number) =>
  notice('stale', 'offline', 'warn', 'retry', { time: formatLocalTime(dataAtMs) }, t('notice.stale.text'));

export const storageNotice = (problem: string) =>
  notice('storage', 'disk', 'warn', 'diagnostics', {}, causeWords(problem), t('notice.storage.text'));

/** About the page itself, above whatever it shows. */
const pageNotice = (
  key: 'notice.updated' | 'notice.offline' | 'notice.restart',
  icon: NoticeContent['icon'],
  actions: readonly NoticeAction[],
  params: WordParams = {},
): NoticeContent => ({ icon, tone: 'warn', word: '', title: t(key), text: t(`${key}.text`, params), actions });

/** The extension that the page belongs to is gone. */
export const updatedNotice = () => pageNotice('notice.updated', 'info', ['reload']);

export const offlineNotice = () => pageNotice('notice.offline', 'offline', []);

/** The worker does not answer, and no new one does either yet. */
export const restartNotice = (lostAtMs: number) =>
  pageNotice('notice.restart', 'wait', ['reload'], { time: formatLocalTime(lostAtMs) });

/** A map from less history than it should rest on. */
export function shortHistoryNotice(days: number, isYoung: boolean): NoticeContent {
  return {
    icon: 'info',
    tone: 'idle',
    word: '',
    title: t('notice.shortHistory', { count: Math.max(1, Math.floor(days)) }),
    text: t(isYoung ? 'notice.youngText' : 'notice.shortHistoryText'),
    actions: [],
  };
}

/** The market behind the contract rests: quiet is no fault. */
export function closedNotice({ changesAtMs, source }: MarketHours): NoticeContent {
  return {
    icon: 'wait',
    tone: 'idle',
    word: '',
    title: t('notice.closed'),
    text: sentences(
      changesAtMs === null ? '' : t('notice.closed.until', { time: formatMoment(changesAtMs) }),
      t('notice.closed.text'),
      source === 'calendar' ? t('notice.closed.usual') : '',
    ),
    actions: [],
  };
}

/** Worst first: what keeps all data away, then what only delays it. */
const TROUBLES = ['withheld', 'blocked', 'down', 'limited'] as const satisfies readonly HealthState[];

/** What is wrong at the venue, since when and what it means, or null. */
export function healthNotice(health: VenueHealth, remains: Remains, nowMs: number): NoticeContent | null {
  const venue = venueName(health.venueId);
  const state = TROUBLES.find((trouble) => health.streams.some((stream) => stream.state === trouble));
  if (state === undefined) return null;
  if (state === 'withheld') return withheldNotice(venue, remains);
  const streams = health.streams.filter((stream) => stream.state === state);
  const time = formatLocalTime(Math.min(...streams.map(({ sinceMs }) => sinceMs)));
  const reason = causeWords(streams.find((stream) => stream.detail !== '')?.detail ?? '');
  const cause = state === 'limited' ? reason : sentences(reason, t('notice.since', { time }));
  if (state === 'blocked') return blockedNotice(venue, cause, remains);
  const next = nextTry(streams, nowMs);
  if (state === 'down') {
    // History that is there stays so, and a stream that is being tried anew is not back yet.
    const isAll = !health.streams.some(({ stream, state: each }) => each === 'live' && stream !== 'history');
    return isAll
      ? downNotice('noAnswer', { venue }, cause, remains, next)
      : downNotice('stopped', { streams: namesOf(streams) }, cause, remains, next);
  }
  return notice('limited', 'wait', 'warn', 'retry', { venue }, cause, next ?? t('retry.byItself'), meaningOf(remains));
}

function nextTry(streams: readonly StreamHealth[], nowMs: number): string | undefined {
  const soonest = Math.min(...streams.map(({ retryAtMs }) => retryAtMs ?? Infinity));
  return soonest > nowMs && soonest < Infinity ? t('retry.in', { time: formatCountdown(soonest - nowMs) }) : undefined;
}

const namesOf = (streams: readonly StreamHealth[]): string =>
  streams.map(({ stream }) => t(`stream.${stream}`)).join(', ');
