import type { Worker } from 'playwright-core';

import type { ExtensionBrowser } from '@/scripts/browser';

/** Machine time that passes faster; for the exchange's limits and clock. */
export function hurriedNow(speed: number, sinceMs: number = Date.now()): () => number {
  return () => Math.floor(sinceMs + (Date.now() - sinceMs) * speed);
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

/**
 * The same for every worker that the browser starts from now on, all by one clock: a worker that was killed finds the time
 * where its forerunner left it.
 */
export async function hurryWorkers(
  { context }: ExtensionBrowser,
  speed: number,
  sinceMs: number,
  shiftMs: () => number = () => 0,
): Promise<void> {
  const hurry = async (worker: Worker): Promise<void> => {
    // One that was killed meanwhile is followed by another.
    await worker.evaluate(hurryHere, { speed, sinceMs, shiftMs: shiftMs() }).catch(() => {});
  };
  context.on('serviceworker', (worker) => void hurry(worker));
  await Promise.all(context.serviceWorkers().map(hurry));
}

/** Sets the machine's clock of workers that are hurried: so far ahead of the hurried time. */
export async function shiftClock({ context }: ExtensionBrowser, shiftMs: number): Promise<void> {
  const setHere = (ms: number): void => void ((globalThis as { clockShiftMs?: number }).clockShiftMs = ms);
  for (const worker of context.serviceWorkers()) await worker.evaluate(setHere, shiftMs).catch(() => {});
}

/** Runs in the worker. */
function hurryHere(given: { speed: number; sinceMs: number; shiftMs: number }): void {
  const { speed, sinceMs } = given;
  const scope = globalThis as { clockShiftMs?: number };
  scope.clockShiftMs = given.shiftMs;
  const { now } = Date;
  Date.now = () => Math.floor(sinceMs + (now() - sinceMs) * speed) + (scope.clockShiftMs ?? 0);
  const { setTimeout: start } = globalThis;
  globalThis.setTimeout = ((callback: () => void, delayMs = 0) => start(callback, delayMs / speed)) as typeof start;
}
