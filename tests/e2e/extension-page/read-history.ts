import type { ContractId } from '@/lib/market/contract';
import type { PaneHistory, PaneRequest } from '@/lib/market/pane-history';
import { createFeedClient } from '@/lib/messaging/feed-client';
import type { Port } from '@/lib/messaging/feed-port';
import { FEED_PORT } from '@/lib/messaging/protocol';

declare const chrome: { readonly runtime: { connect(info: { name: string }): Port } };

/** Runs in a page of the extension: what a full pane is told that asks for this, once the contract is watched. */
export function readHistory(contractId: ContractId, request: PaneRequest): Promise<readonly PaneHistory[]> {
  const abort = new AbortController();
  const feed = createFeedClient(() => chrome.runtime.connect({ name: FEED_PORT }), { signal: abort.signal });
  const parts: PaneHistory[] = [];
  let isAsked = false;
  return new Promise((resolve) => {
    feed.onMessage((message) => {
      if (message.type === 'profile' && !isAsked) {
        isAsked = true;
        feed.send({ type: 'read-history', watchKey: 'test', ...request });
      }
      if (message.type !== 'history') return;
      parts.push(message);
      if (!message.isLast) return;
      abort.abort();
      resolve(parts);
    });
    feed.send({ type: 'watch-contract', key: 'test', contractId, detail: 'band' });
  });
}
