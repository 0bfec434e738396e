import type { ExtensionBrowser } from '@/scripts/browser';

/** Machine time that passes faster; for the exchange's limits and clock. */
export function hurriedNow(speed: number): () => number {
  const startMs = Date.now();
  return () => startMs + (Date.now() - startMs) * speed;
}

/**
 * The same for the background while its worker lives: whatever waits by the machine's time, a limit, a silence, a pause
 * before the next try, waits that much shorter.
 */
export async function hurryBackground({ context }: ExtensionBrowser, speed: number): Promise<void> {
  await context.serviceWorkers()[0].evaluate((factor) => {
    const { now } = Date;
    const startMs = now();
    Date.now = () => startMs + (now() - startMs) * factor;
    const { setTimeout: start } = globalThis;
    globalThis.setTimeout = ((callback: () => void, delayMs = 0) => start(callback, delayMs / factor)) as typeof start;
  }, speed);
}
