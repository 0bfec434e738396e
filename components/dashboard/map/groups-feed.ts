import type { ContractId } from '@/lib/market/contract';
import type { Profile } from '@/lib/market/profile';
import type { FeedClient } from '@/lib/messaging/feed-client';

type Follow = (contractId: ContractId, listener: (profile: Profile) => void) => () => void;

/** Live maps by groups of leverage, while somebody wants them. */
export interface GroupsFeed {
  /** One contract, until the returned function is called. */
  readonly follow: Follow;
  /** The next map of a contract. */
  read(contractId: ContractId): Promise<Profile>;
}

export function createGroupsFeed(feed: FeedClient): GroupsFeed {
  const once = createFollow(feed, 'groups-once');
  return {
    follow: createFollow(feed, 'groups'),
    read: (contractId) =>
      new Promise((resolve) => {
        const end = once(contractId, (profile) => {
          end();
          resolve(profile);
        });
      }),
  };
}

/** Under a key of its own on the page's port. */
function createFollow(feed: FeedClient, key: string): Follow {
  let tell: (profile: Profile) => void = () => {};
  feed.onMessage((message) => {
    if (message.type === 'profile' && message.key === key) tell(message.profile);
  });
  return (contractId, listener) => {
    tell = listener;
    feed.send({ type: 'watch-contract', key, contractId, detail: 'groups' });
    return () => {
      tell = () => {};
      feed.send({ type: 'unwatch', key });
    };
  };
}
