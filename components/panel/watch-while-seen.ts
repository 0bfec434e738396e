import type { FeedClient } from '@/lib/messaging/feed-client';
import type { ClientMessage } from '@/lib/messaging/protocol';

/**
 * The feed of a page that is told nothing while nobody sees it: its markets are followed quietly meanwhile, and what it watches
 * beside them waits until it is seen again.
 */
export function watchWhileSeen(
  feed: FeedClient,
  page: Pick<Document, 'hidden' | 'addEventListener'> = document,
): FeedClient {
  const watches = new Map<string, ClientMessage>();
  const tell = (message: ClientMessage) => feed.send(page.hidden ? quietly(message) : message);

  page.addEventListener('visibilitychange', () => watches.forEach(tell));
  return {
    ...feed,
    send(message) {
      if (message.type === 'unwatch') watches.delete(message.key);
      else if ('key' in message) watches.set(message.key, message);
      tell(message);
    },
  };
}

function quietly(message: ClientMessage): ClientMessage {
  if (!('key' in message)) return message;
  return 'detail' in message ? { ...message, detail: 'quiet' } : { type: 'unwatch', key: message.key };
}
