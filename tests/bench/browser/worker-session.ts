import type { ExtensionBrowser } from '@/scripts/browser';

/** DevTools commands to the extension's service worker, for which the driver has no session of its own. */
export async function attachToWorker({ context, extensionId }: ExtensionBrowser) {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('The browser gave no DevTools session');
  const { targetInfos } = await session.send('Target.getTargets');
  const target = targetInfos.find(({ type, url }) => type === 'service_worker' && url.includes(extensionId));
  if (target === undefined) throw new Error('No service worker is running');
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });
  const waiting = new Map<number, (result: unknown) => void>();
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id?: number; result?: unknown };
    if (id !== undefined) waiting.get(id)?.(result);
  });
  let lastId = 0;
  return {
    async send(method: string, params: object = {}): Promise<unknown> {
      const id = ++lastId;
      const answer = new Promise((resolve) => waiting.set(id, resolve));
      await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
      return answer;
    },
    detach: () => session.detach(),
  };
}
