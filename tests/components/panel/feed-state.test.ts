import { describe, expect, it } from 'vitest';

import { connectionChanged, feedStateAfter, NO_FEED, watching, type FeedState } from '@/components/panel/feed-state';
import type { ServerMessage } from '@/lib/messaging/protocol';

import { CONTRACT, NOW_MS, sampleHealth, sampleProfile, SUMMARY } from '../samples';

const key = 'popup-1';
const resolved: ServerMessage = {
  type: 'resolved',
  key,
  resolution: { ok: true, contract: CONTRACT, proxyFor: null, priceFactor: 1 },
};
const after = (state: FeedState, ...messages: readonly ServerMessage[]): FeedState =>
  messages.reduce((state, message) => feedStateAfter(state, message, NOW_MS), state);
const shown = after(
  watching(NO_FEED, key),
  resolved,
  { type: 'profile', key, profile: sampleProfile() },
  { type: 'summary', key, summary: SUMMARY },
);

describe('what the popup was told', () => {
  it('ignores messages of an earlier watch', () => {
    expect(
      feedStateAfter(watching(shown, 'popup-2'), { type: 'summary', key, summary: SUMMARY }, NOW_MS).summary,
    ).toBeNull();
  });

  it('keeps figures when a restarted worker resolves the same contract again', () => {
    expect(after(shown, resolved).summary).toBe(SUMMARY);
  });

  it('drops figures when the tab shows another contract', () => {
    const other = { ...CONTRACT, id: 'binance:ETHUSDT', symbol: 'ETHUSDT' } as const;
    const state = after(shown, {
      type: 'resolved',
      key,
      resolution: { ok: true, contract: other, proxyFor: null, priceFactor: 1 },
    });
    expect(state.summary).toBeNull();
    expect(state.profile).toBeNull();
  });

  it('drops figures when the chart no longer maps to a contract', () => {
    const resolution = { ok: false, reason: 'unmapped-symbol', detail: '' } as const;
    expect(after(shown, { type: 'resolved', key, resolution }).summary).toBeNull();
  });

  it('takes the age that the background states, and a newer profile as fresh data', () => {
    const health: ServerMessage = { type: 'health', key, health: [sampleHealth()], coverage: null, ageMs: 5_000 };
    const aged = feedStateAfter(shown, health, NOW_MS);
    expect(aged.dataAtMs).toBe(NOW_MS - 5_000);
    const same = feedStateAfter(aged, { type: 'profile', key, profile: sampleProfile() }, NOW_MS + 100);
    expect(same.dataAtMs).toBe(NOW_MS - 5_000);
    const newer = { ...sampleProfile(), asOfMs: NOW_MS + 100 };
    expect(feedStateAfter(aged, { type: 'profile', key, profile: newer }, NOW_MS + 200).dataAtMs).toBe(NOW_MS + 200);
  });

  it('remembers since when the background is silent, through repeated losses', () => {
    const lost = connectionChanged(connectionChanged(shown, false, NOW_MS), false, NOW_MS + 9_000);
    expect(lost.lostAtMs).toBe(NOW_MS);
    expect(connectionChanged(lost, true, NOW_MS + 10_000).lostAtMs).toBeNull();
  });

  it('keeps the list of contracts and the storage problem over a change of contract', () => {
    const state = after(
      shown,
      { type: 'contracts', contracts: [CONTRACT] },
      { type: 'storage', problem: 'The disk is full.' },
    );
    expect(watching(state, 'popup-2')).toMatchObject({
      contracts: [CONTRACT],
      storageProblem: 'The disk is full.',
      summary: null,
    });
  });
});
