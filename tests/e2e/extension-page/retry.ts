import { createFeedClient } from '@/lib/messaging/feed-client';
import type { Port } from '@/lib/messaging/feed-port';
import { FEED_PORT } from '@/lib/messaging/protocol';

declare const chrome: { readonly runtime: { connect(info: { name: string }): Port } };

/** Runs in a page of the extension: what its button for trying again says. */
export async function retry(): Promise<void> {
  const abort = new AbortController();
  const feed = createFeedClient(() => chrome.runtime.connect({ name: FEED_PORT }), { signal: abort.signal });
  feed.send({ type: 'list-contracts' });
  await new Promise<void>((resolve) => feed.onMessage(() => resolve()));
  feed.send({ type: 'retry' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  abort.abort();
}
