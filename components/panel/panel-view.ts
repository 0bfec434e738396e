import { HEALTH_TONES } from '@/components/health-tones';
import type { NoticeContent } from '@/components/Notice';
import type { Tone } from '@/components/StateMark';
import { DAY_MS, SECOND_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import type { Contract } from '@/lib/market/contract';
import type { VenueHealth } from '@/lib/market/health';
import type { Profile } from '@/lib/market/profile';
import type { Summary } from '@/lib/market/summary';
import { LATE_MS, STALE_MS } from '@/lib/render/band-state';
import { proxiedWords } from '@/lib/render/proxied-words';

import type { FeedState, Progress } from './feed-state';
import {
  closedNotice,
  healthNotice,
  offlineNotice,
  restartNotice,
  shortHistoryNotice,
  staleNotice,
  storageNotice,
  unresolvedNotice,
  updatedNotice,
} from './notices';

/** A stopped worker is back within this; only later is its silence worth a word. */
const RECONNECT_GRACE_MS = 3 * SECOND_MS;
const FULL_HISTORY_DAYS = 30;

export type PanelBody =
  | { readonly kind: 'starting' }
  | { readonly kind: 'filling'; readonly daysDone: number; readonly daysTotal: number; readonly leftMs: number | null }
  | { readonly kind: 'message'; readonly notice: NoticeContent }
  | {
      readonly kind: 'figures';
      readonly summary: Summary;
      readonly profile: Profile | null;
      /** Age of the newest data. */
      readonly ageMs: number | null;
      readonly tone: Tone;
      readonly notices: readonly NoticeContent[];
    };

export interface PanelView {
  readonly contract: Contract | null;
  readonly proxyFor: string | null;
  /** Under what a contract chosen by hand for the chart's symbol is, or would be, remembered; null where a rule found one. */
  readonly choice: string | null;
  readonly health: VenueHealth | null;
  /** Of all venues in use. */
  readonly venues: readonly VenueHealth[];
  /** What concerns the page whatever it shows: worst first. */
  readonly notices: readonly NoticeContent[];
  readonly body: PanelBody;
}

/** One word of state where no figures are shown. */
export type PanelStatus = Pick<NoticeContent, 'tone' | 'word'>;

export const statusOf = (body: PanelBody): PanelStatus | null =>
  body.kind === 'filling'
    ? { tone: 'idle', word: t('panel.filling') }
    : body.kind === 'message'
      ? { tone: body.notice.tone, word: body.notice.word }
      : null;

/** The same of figures that are not of now any more. */
export const staleStatusOf = (body: PanelBody): PanelStatus | null =>
  (body.kind === 'figures' && body.ageMs !== null && body.ageMs > STALE_MS && troublesOf(body)[0]) || null;

/** Why figures are missing or old. */
export function troublesOf(body: PanelBody): readonly NoticeContent[] {
  const notices = body.kind === 'figures' ? body.notices : body.kind === 'message' ? [body.notice] : [];
  return notices.filter(({ tone }) => tone === 'bad' || tone === 'warn');
}

/** What a page shows at a moment, from all it was told. */
export function panelView(state: FeedState, nowMs: number): PanelView {
  const { resolution } = state;
  const resolved = resolution?.ok === true ? resolution : null;
  return {
    contract: resolved?.contract ?? null,
    proxyFor: resolved && proxiedWords(resolved),
    choice: resolution?.choice ?? null,
    health: state.health[0] ?? null,
    venues: state.health,
    notices: pageNotices(state, nowMs),
    body: bodyOf(state, resolved?.contract ?? null, nowMs),
  };
}

function bodyOf(state: FeedState, contract: Contract | null, nowMs: number): PanelBody {
  const { resolution, summary, progress } = state;
  const [health] = state.health;
  if (resolution?.ok === false && resolution.reason !== 'connecting') {
    return { kind: 'message', notice: unresolvedNotice(resolution.reason, resolution.detail) };
  }
  if (contract === null) return { kind: 'starting' };
  if (summary !== null) return figuresOf(state, contract, summary, nowMs);
  const trouble = health === undefined ? null : healthNotice(health, 'nothing', nowMs);
  if (trouble !== null) return { kind: 'message', notice: trouble };
  if (progress === null) return { kind: 'starting' };
  return {
    kind: 'filling',
    daysDone: progress.daysDone,
    daysTotal: progress.daysTotal,
    leftMs: timeLeft(progress, nowMs),
  };
}

function figuresOf(state: FeedState, contract: Contract, summary: Summary, nowMs: number): PanelBody {
  const ageMs = state.dataAtMs === null ? null : nowMs - state.dataAtMs;
  const [health] = state.health;
  const trouble = health === undefined ? null : healthNotice(health, 'lastKnown', nowMs);
  const failing = state.health.find(({ venueId }) => venueId === failingVenueOf(state));
  const notices = [
    failing === undefined ? null : healthNotice(failing, 'others', nowMs),
    trouble ?? staleOf(state, nowMs),
    summary.hours?.isClosed === true ? closedNotice(summary.hours) : null,
    historyOf(summary, contract),
  ];
  return {
    kind: 'figures',
    summary,
    profile: state.profile,
    ageMs,
    tone: priceTone(state, ageMs),
    notices: notices.filter((notice) => notice !== null),
  };
}

/** Where another venue's contract stands in, the venue that gives nothing. */
const failingVenueOf = ({ resolution }: FeedState) => (resolution?.ok === true ? resolution.failingVenueId : undefined);

function pageNotices(state: FeedState, nowMs: number): NoticeContent[] {
  const connection = connectionNotice(state, nowMs);
  const storage = state.storageProblem === null ? null : storageNotice(state.storageProblem);
  return [connection, storage].filter((notice) => notice !== null);
}

function connectionNotice({ hasEnded, isOffline, lostAtMs }: FeedState, nowMs: number): NoticeContent | null {
  if (hasEnded) return updatedNotice();
  if (isOffline) return offlineNotice();
  return lostAtMs !== null && nowMs - lostAtMs > RECONNECT_GRACE_MS ? restartNotice(lostAtMs) : null;
}

/** Unless it is told for the whole page why nothing arrives. */
function staleOf(state: FeedState, nowMs: number): NoticeContent | null {
  const { dataAtMs } = state;
  const isStale = dataAtMs !== null && nowMs - dataAtMs > STALE_MS;
  return isStale && connectionNotice(state, nowMs) === null ? staleNotice(dataAtMs) : null;
}

function historyOf({ historyDays, asOfMs }: Summary, { listedTimeMs }: Contract): NoticeContent | null {
  // Half a day of grace: the first bar of a whole history lies a little inside the 30 days.
  if (historyDays > FULL_HISTORY_DAYS - 0.5) return null;
  return shortHistoryNotice(historyDays, asOfMs - listedTimeMs < FULL_HISTORY_DAYS * DAY_MS);
}

/** The mark stream's own state, unless its data are older than it admits. */
function priceTone({ health, lostAtMs }: FeedState, ageMs: number | null): Tone {
  if (lostAtMs !== null || (ageMs !== null && ageMs > LATE_MS)) return 'warn';
  const mark = health[0]?.streams.find(({ stream }) => stream === 'mark');
  return mark === undefined ? 'idle' : HEALTH_TONES[mark.state];
}

/** From the pace so far; null before it can be told. */
function timeLeft({ daysDone, daysTotal, first }: Progress, nowMs: number): number | null {
  const elapsedMs = nowMs - first.atMs;
  const daysLoaded = daysDone - first.daysDone;
  return daysLoaded > 0 && elapsedMs >= SECOND_MS ? ((daysTotal - daysDone) * elapsedMs) / daysLoaded : null;
}
