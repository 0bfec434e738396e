import { describe, expect, it } from 'vitest';

import { feedStateAfter, NO_FEED, watching, type FeedState } from '@/components/panel/feed-state';
import { panelView, type PanelBody, staleStatusOf, troublesOf } from '@/components/panel/panel-view';
import { formatLocalTime } from '@/lib/core/format-time';
import { DAY_MS } from '@/lib/core/time';
import type { VenueId } from '@/lib/market/contract';
import type { VenueHealth } from '@/lib/market/health';
import type { ServerMessage } from '@/lib/messaging/protocol';

import { CONTRACT, NOW_MS, sampleHealth, sampleProfile, SUMMARY, troubledHealth } from '../samples';

const key = 'popup-1';
const empty = watching(NO_FEED, key);
const resolved: ServerMessage = {
  type: 'resolved',
  key,
  resolution: { ok: true, contract: CONTRACT, proxyFor: null, priceFactor: 1 },
};
const health = (health: VenueHealth, ageMs: number | null = 400): ServerMessage => ({
  type: 'health',
  key,
  health: [health],
  coverage: null,
  ageMs,
});
const figures: readonly ServerMessage[] = [
  resolved,
  health(sampleHealth()),
  { type: 'profile', key, profile: sampleProfile() },
  { type: 'summary', key, summary: SUMMARY },
];
const after = (...messages: readonly ServerMessage[]): FeedState =>
  messages.reduce((state, message) => feedStateAfter(state, message, NOW_MS), empty);
const bodyAfter = (...messages: readonly ServerMessage[]): PanelBody => panelView(after(...messages), NOW_MS).body;
const noticeOf = (body: PanelBody) => {
  if (body.kind === 'message') return body.notice;
  if (body.kind === 'figures' && body.notices.length > 0) return body.notices[0];
  throw new Error(`no notice in ${body.kind}`);
};

describe('before there are figures', () => {
  it('starts with still blocks', () => {
    expect(panelView(empty, NOW_MS)).toEqual({
      contract: null,
      proxyFor: null,
      choice: null,
      health: null,
      venues: [],
      notices: [],
      body: { kind: 'starting' },
    });
    expect(bodyAfter(resolved).kind).toBe('starting');
  });

  it('shows days done, and time left once the pace is known', () => {
    const begun = after(resolved, { type: 'progress', key, daysDone: 2, daysTotal: 30 });
    expect(panelView(begun, NOW_MS).body).toEqual({ kind: 'filling', daysDone: 2, daysTotal: 30, leftMs: null });
    const later = feedStateAfter(begun, { type: 'progress', key, daysDone: 12, daysTotal: 30 }, NOW_MS + 5_000);
    expect(panelView(later, NOW_MS + 5_000).body).toEqual({
      kind: 'filling',
      daysDone: 12,
      daysTotal: 30,
      leftMs: 9_000,
    });
  });

  it.each([
    ['no-data', 'No chart in this tab', ['choose-contract']],
    ['unmapped-symbol', 'No contract for this chart', ['choose-contract']],
    ['withheld', 'The browser withholds access to the exchange', ['allow-access']],
    ['blocked', 'The exchange is blocked where you are', ['retry']],
    ['venue-down', 'The exchange does not answer', ['retry']],
  ] as const)('a watch refused as %s says: %s', (reason, title, actions) => {
    const body = bodyAfter({ type: 'resolved', key, resolution: { ok: false, reason, detail: '' } });
    expect(noticeOf(body)).toMatchObject({ title, actions });
  });

  it('names the cause the background gave', () => {
    const resolution = {
      ok: false,
      reason: 'unmapped-symbol',
      detail: 'unlisted|venue=Binance|symbol=BTCDOM',
    } as const;
    expect(noticeOf(bodyAfter({ type: 'resolved', key, resolution })).text).toMatch(/^Binance does not list BTCDOM\. /);
  });

  it.each([
    ['withheld', 'The browser withholds access to Binance'],
    ['blocked', 'Binance is blocked where you are'],
    ['down', 'Binance does not answer'],
    ['limited', 'Binance asked to wait'],
  ] as const)('a venue that is %s is told instead of an endless wait', (state, title) => {
    expect(noticeOf(bodyAfter(resolved, health(troubledHealth(state, ''), null))).title).toBe(title);
  });

  it('says when it tries again', () => {
    const limited = health(troubledHealth('limited', 'It answered 429', NOW_MS + 48_000), null);
    expect(noticeOf(bodyAfter(resolved, limited)).text).toBe(
      'It answered 429. Trying again in 48s. Until then there are no levels.',
    );
  });
});

describe('with figures', () => {
  it('shows them without a word when all is well', () => {
    expect(bodyAfter(...figures)).toMatchObject({ kind: 'figures', ageMs: 400, tone: 'ok', notices: [] });
  });

  it('carries the words for the chart that the contract stands in for', () => {
    const proxy: ServerMessage = {
      type: 'resolved',
      key,
      resolution: { ok: true, contract: CONTRACT, proxyFor: 'BYBIT:BTCUSDT.P', proxyKind: 'contract', priceFactor: 1 },
    };
    expect(panelView(after(proxy), NOW_MS).proxyFor).toBe('BYBIT:BTCUSDT.P');
  });

  it('says of the venue that is stood in for what is wrong there, since when, and what to do', () => {
    const { venueId } = troubledHealth('blocked', '');
    const standIn = { ...CONTRACT, id: 'bybit:BTCUSDT', venueId: 'bybit' } as const;
    const told = (failingVenueId: VenueId): ServerMessage => ({
      type: 'resolved',
      key,
      resolution: { ok: true, contract: standIn, proxyFor: 'Binance BTCUSDT', priceFactor: 1, failingVenueId },
    });
    const venues = [
      { ...sampleHealth(), venueId: 'bybit' } as const,
      troubledHealth('blocked', 'blocked|venue=Binance'),
    ];
    const health: ServerMessage = { type: 'health', key, health: venues, coverage: null, ageMs: 400 };
    const [, ...shown] = figures;
    expect(noticeOf(bodyAfter(told(venueId), ...shown, health))).toMatchObject({
      title: 'Binance is blocked where you are',
      text: `Binance refuses requests from your location. Since ${formatLocalTime(NOW_MS - 60_000)}. Try again from another network.`,
      actions: ['retry'],
    });
    // A venue that merely is missing from the sum is told in the list of venues.
    expect(bodyAfter(told('okx'), ...shown, health)).toMatchObject({ kind: 'figures', notices: [] });
  });

  it('names the stream that stopped among living ones', () => {
    const broken = sampleHealth({
      openInterest: { state: 'down', detail: 'Another shape' },
      history: { state: 'down' },
    });
    expect(noticeOf(bodyAfter(...figures, health(broken)))).toMatchObject({
      title: 'Open interest, History stopped',
      text: `Another shape. Since ${formatLocalTime(NOW_MS - 3_600_000)}. Liqband keeps trying by itself. Figures below hold the last known data.`,
    });
  });

  it('says that the venue does not answer where nothing of it is live but the past, also while it is tried anew', () => {
    const lost = { state: 'down', detail: 'lost|venue=Binance' } as const;
    const anew = { state: 'connecting' } as const;
    const gone = sampleHealth({ trades: anew, mark: anew, bars: anew, openInterest: lost, liquidations: anew });
    expect(noticeOf(bodyAfter(...figures, health(gone)))).toMatchObject({
      title: 'Binance does not answer',
      text: expect.stringContaining('The connection to Binance was lost.'),
    });
  });

  it('has a word for figures that are not of now, and what is wrong for pages that show none', () => {
    const down = health(troubledHealth('down', 'lost|venue=Binance'), 150_000);
    const body = bodyAfter(...figures, down);
    expect(staleStatusOf(body)).toMatchObject({ tone: 'bad', word: 'Down' });
    expect(troublesOf(body).map(({ title }) => title)).toEqual(['Binance does not answer']);
    const whole = bodyAfter(...figures);
    expect([staleStatusOf(whole), troublesOf(whole)]).toEqual([null, []]);
    expect(troublesOf(bodyAfter(resolved, down))).toHaveLength(1);
  });

  it('keeps figures and asks for access when it was withdrawn', () => {
    const body = bodyAfter(...figures, health(troubledHealth('withheld', '')));
    expect(body.kind).toBe('figures');
    expect(noticeOf(body).actions).toEqual(['allow-access']);
  });

  it('marks data late after half a minute and says since when after two', () => {
    const state = after(...figures);
    const bodyIn = (ms: number) => panelView(state, NOW_MS + ms).body;
    expect(bodyIn(20_000)).toMatchObject({ tone: 'ok', notices: [] });
    expect(bodyIn(40_000)).toMatchObject({ tone: 'warn', notices: [] });
    expect(noticeOf(bodyIn(130_000)).title).toMatch(/^No connection since \d\d:\d\d:\d\d$/);
  });

  it('bears a worker that restarts at once, and tells of one that does not come back', () => {
    const lost = { ...after(...figures), lostAtMs: NOW_MS };
    expect(panelView(lost, NOW_MS + 500).notices).toEqual([]);
    const { notices, body } = panelView(lost, NOW_MS + 4_000);
    expect(notices).toMatchObject([{ title: 'The background is starting again', actions: ['reload'] }]);
    expect(notices[0].text).toMatch(/^It stopped at \d\d:\d\d:\d\d\. Figures stay as they were/);
    expect(body).toMatchObject({ kind: 'figures', tone: 'warn' });
  });

  it('says how little history a young contract has', () => {
    const young: ServerMessage = {
      type: 'resolved',
      key,
      resolution: {
        ok: true,
        contract: { ...CONTRACT, listedTimeMs: NOW_MS - 12 * DAY_MS },
        proxyFor: null,
        priceFactor: 1,
      },
    };
    const summary: ServerMessage = { type: 'summary', key, summary: { ...SUMMARY, historyDays: 12.2 } };
    expect(noticeOf(bodyAfter(young, ...figures.slice(1), summary))).toMatchObject({ title: '12 days of history' });
    expect(noticeOf(bodyAfter(young, ...figures.slice(1), summary)).text).toMatch(/younger than 30 days/);
    expect(noticeOf(bodyAfter(...figures, summary)).text).not.toMatch(/younger/);
  });
});

describe('while the market behind it is closed', () => {
  const closed = (source: 'venue' | 'calendar', changesAtMs: number | null) => {
    const summary = { ...SUMMARY, hours: { isClosed: true, changesAtMs, source } };
    return noticeOf(bodyAfter(...figures, { type: 'summary', key, summary }));
  };

  it('says so beside the figures, until when, and by what calendar', () => {
    expect(closed('venue', Date.UTC(2026, 4, 24, 22))).toMatchObject({
      tone: 'idle',
      title: 'The market behind it is closed',
      text: 'It opens May 24, 2026, 22:00 UTC. Little is traded until it opens; streams may fall silent.',
    });
    expect(closed('calendar', null).text).toBe(
      'Little is traded until it opens; streams may fall silent. That is by the usual week; holidays are not known.',
    );
  });

  it('says nothing while it is open', () => {
    const summary = { ...SUMMARY, hours: { isClosed: false, changesAtMs: null, source: 'venue' as const } };
    const body = bodyAfter(...figures, { type: 'summary', key, summary });
    expect(body.kind === 'figures' ? body.notices : null).toEqual([]);
  });
});

describe('whatever is shown', () => {
  const noticesOf = (state: FeedState, ms = 0) => panelView(state, NOW_MS + ms).notices.map(({ title }) => title);

  it.each([
    ['before anything is told', [] as readonly ServerMessage[]],
    ['beside figures', figures],
  ])('tells of storage trouble, and where to look, %s', (_, messages) => {
    const { notices } = panelView(after(...messages, { type: 'storage', problem: 'The disk is full.' }), NOW_MS);
    expect(notices).toMatchObject([{ title: 'Data cannot be stored', actions: ['diagnostics'] }]);
    expect(notices[0].text).toMatch(/^The disk is full\. /);
  });

  it('says that there is no network, once, and not also that data are stale', () => {
    const offline = { ...after(...figures), isOffline: true, lostAtMs: NOW_MS };
    expect(noticesOf(offline, 130_000)).toEqual(['This device is offline']);
    expect(panelView(offline, NOW_MS + 130_000).body).toMatchObject({ kind: 'figures', notices: [], tone: 'warn' });
  });

  it('says of a page that has outlived its extension that it is to be loaded anew', () => {
    const ended = { ...after(...figures), hasEnded: true, isOffline: true };
    expect(panelView(ended, NOW_MS).notices).toMatchObject([{ title: 'Liqband was updated', actions: ['reload'] }]);
  });

  it('keeps what is true of the page when another contract is watched', () => {
    const before = { ...after(...figures), isOffline: true, hasEnded: true };
    expect(watching(before, 'popup-2')).toMatchObject({ isOffline: true, hasEnded: true, summary: null });
  });
});
