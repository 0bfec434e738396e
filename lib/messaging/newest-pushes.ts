interface Update {
  readonly type: string;
}

/**
 * Tells one watch no more than its page takes: of each kind of update one is under way, and the newest behind it waits until that
 * has been taken. What an older one told beside, and a newer one leaves out, is kept. Every part of a history arrives, and every
 * contract that is shown.
 */
export function createNewestPushes<Message extends Update>(
  /** Calls back once the page has taken it. */
  post: (message: Message, onTaken?: () => void) => void,
): (message: Message) => void {
  /** By the kind of what is under way. */
  const waiting = new Map<string, Message | null>();

  const send = (message: Message) => {
    const { type } = message;
    waiting.set(type, null);
    post(message, () => {
      const next = waiting.get(type);
      waiting.delete(type);
      if (next) send(next);
    });
  };

  return (message) => {
    const { type } = message;
    // What is of the contract before must not come behind another one.
    if (type === 'resolved') for (const held of waiting.values()) if (held) send(held);
    if (type === 'resolved' || type === 'history') post(message);
    else if (waiting.has(type)) waiting.set(type, { ...waiting.get(type), ...message });
    else send(message);
  };
}
