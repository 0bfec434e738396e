import { setTimeout } from 'node:timers/promises';

import type { Rig } from '@/tests/e2e/faults/rig';

/** What all pages and workers of the browser, and the venues, had to do in a stretch. */
export interface IdleCost {
  readonly what: string;
  /** Of venues' time. */
  readonly hours: number;
  readonly requests: number;
  readonly openSockets: number;
  /** Processor time of all renderers, ms in a real second. */
  readonly cpuPerSecond: number;
}

export async function idleCost(what: string, rig: Rig, seconds: number): Promise<IdleCost> {
  const { exchange } = rig;
  const session = await rig.browser().context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('The browser gave no DevTools session');
  const cpuSeconds = async (): Promise<number> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  const [requests, fromMs, cpu] = [exchange.requests.length, exchange.clock.now(), await cpuSeconds()];
  await setTimeout(1_000 * seconds);
  const cost = {
    what,
    hours: (exchange.clock.now() - fromMs) / 3_600_000,
    requests: exchange.requests.length - requests,
    openSockets: exchange.openSockets(),
    cpuPerSecond: (1_000 * ((await cpuSeconds()) - cpu)) / seconds,
  };
  await session.detach();
  return cost;
}
