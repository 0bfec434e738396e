import type { ContractId } from '@/lib/market/contract';
import type { Profile } from '@/lib/market/profile';
import type { FeedClient } from '@/lib/messaging/feed-client';

const KEY = 'groups';

/** Live maps by groups of leverage, while somebody wants them. */
export interface GroupsFeed {
  /** Until the returned function is called. */
  follow(contractId: ContractId, listener: (profile: Profile) => void): () => void;
}

export function createGroupsFeed(feed: FeedClient): GroupsFeed {
  let tell: (profile: Profile) => void = () => {};
  feed.onMessage((message) => {
    if (message.type === 'profile' && message.key === KEY) tell(message.profile);
  });
  return {
    follow(contractId, listener) {
      tell = listener;
      feed.send({ type: 'watch-contract', key: KEY, contractId, detail: 'groups' });
      return () => {
        tell = () => {};
        feed.send({ type: 'unwatch', key: KEY });
      };
    },
  };
}
