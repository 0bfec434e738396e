import type { ContractId } from '@/lib/market/contract';
import { totalUsd } from '@/lib/market/profile-sum';
import type { Summary } from '@/lib/market/summary';
import { createFeedClient } from '@/lib/messaging/feed-client';
import type { Port } from '@/lib/messaging/feed-port';
import { FEED_PORT } from '@/lib/messaging/protocol';

/** Figures of a market at one moment, with the sums over the bins of the very map that they were read off. */
export interface MarketReading extends Pick<Summary, 'markPrice' | 'members' | 'observed' | 'openBars'> {
  readonly longUsd: number;
  readonly shortUsd: number;
}

declare const chrome: { readonly runtime: { connect(info: { name: string }): Port } };

/** Runs in a page of the extension: the next figures whose map was pushed too. */
export function nextMarket(contractId: ContractId): Promise<MarketReading> {
  const abort = new AbortController();
  const feed = createFeedClient(() => chrome.runtime.connect({ name: FEED_PORT }), { signal: abort.signal });
  const sums = new Map<number, { longUsd: number; shortUsd: number }>();
  const summaries = new Map<number, Summary>();
  return new Promise((resolve) => {
    feed.onMessage((message) => {
      if (message.type === 'profile') {
        const { asOfMs, long, short } = message.profile;
        sums.set(asOfMs, { longUsd: totalUsd(long), shortUsd: totalUsd(short) });
      } else if (message.type === 'summary') {
        summaries.set(message.summary.asOfMs, message.summary);
      }
      for (const [asOfMs, sum] of sums) {
        const summary = summaries.get(asOfMs);
        if (summary === undefined) continue;
        const { markPrice, members, observed, openBars } = summary;
        resolve({ markPrice, members, observed, openBars, ...sum });
        abort.abort();
      }
    });
    feed.send({ type: 'watch-contract', key: 'test', contractId, detail: 'summary' });
  });
}
