import type { ContractId } from '@/lib/market/contract';
import type { Profile } from '@/lib/market/profile';
import { createFeedClient } from '@/lib/messaging/feed-client';
import type { Port } from '@/lib/messaging/feed-port';
import { FEED_PORT } from '@/lib/messaging/protocol';

/** A profile with arrays that cross to the test. */
export type PlainProfile = Omit<Profile, 'long' | 'short'> & {
  readonly long: readonly number[];
  readonly short: readonly number[];
};

declare const chrome: { readonly runtime: { connect(info: { name: string }): Port } };

/** Runs in a page of the extension: the next map that the background pushes to whoever watches the contract. */
export function nextProfile(contractId: ContractId): Promise<PlainProfile> {
  const abort = new AbortController();
  const feed = createFeedClient(() => chrome.runtime.connect({ name: FEED_PORT }), { signal: abort.signal });
  return new Promise((resolve) => {
    feed.onMessage((message) => {
      if (message.type !== 'profile') return;
      const { long, short, ...rest } = message.profile;
      resolve({ ...rest, long: [...long], short: [...short] });
      abort.abort();
    });
    feed.send({ type: 'watch-contract', key: 'test', contractId, detail: 'band' });
  });
}
