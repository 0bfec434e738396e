import type { Page } from 'playwright-core';

/** Runs something in the world of the extension's scripts in a page, where the page's own scripts cannot be. */
export async function runInExtensionWorld(page: Page, expression: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const worlds: number[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const { type, frameId } = context.auxData as { type?: string; frameId?: string };
    if (type === 'isolated' && frameId !== undefined && context.origin.startsWith('chrome-extension://'))
      worlds.push(context.id);
  });
  await session.send('Runtime.enable');
  if (worlds.length === 0) throw new Error('The page has no script of the extension');
  for (const contextId of worlds) await session.send('Runtime.evaluate', { contextId, expression });
}
