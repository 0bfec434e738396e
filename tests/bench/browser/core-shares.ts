import { readdirSync, readFileSync } from 'node:fs';

import type { Stage } from '@/tests/e2e/stage';

/** Of the machine's cores, by whom they are used: nanoseconds so far. */
type Used = ReadonlyMap<string, number>;

const WORKER_THREAD = 'ServiceWorker t';

/** Begins to measure; what it returns tells in words which share of one core each took since. Empty where there is no /proc. */
export async function beginCoreShares({ browser }: Stage): Promise<() => Promise<string>> {
  const session = await browser.context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('The browser gave no DevTools session');
  const read = async (): Promise<Used> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const used = new Map<string, number>();
    for (const pid of [process.pid, ...processInfo.map(({ id }) => id)])
      for (const [who, nanoseconds] of threadsOf(pid)) used.set(who, (used.get(who) ?? 0) + nanoseconds);
    return used;
  };
  const [from, startedMs] = [await read(), performance.now()];
  return async () => {
    const [to, passedMs] = [await read(), performance.now() - startedMs];
    await session.detach();
    return [...to]
      .map(([who, nanoseconds]) => [who, (nanoseconds - (from.get(who) ?? 0)) / 1e4 / passedMs] as const)
      .filter(([, percent]) => percent >= 0.5)
      .sort(([, a], [, b]) => b - a)
      .map(([who, percent]) => `${who} ${percent.toFixed(0)} %`)
      .join(', ');
  };
}

function* threadsOf(pid: number): Iterable<readonly [who: string, nanoseconds: number]> {
  try {
    const who = whoIs(pid);
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const folder = `/proc/${pid}/task/${thread}`;
      const isWorker = readFileSync(`${folder}/comm`, 'utf8').startsWith(WORKER_THREAD);
      yield [isWorker ? 'worker' : who, Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[0])];
    }
  } catch {
    // It ended meanwhile, or the system has no such files.
  }
}

function whoIs(pid: number): string {
  if (pid === process.pid) return 'exchange and bench';
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  const type = /--type=([a-z-]+)/.exec(command)?.[1] ?? 'browser';
  if (command.includes('network.mojom')) return 'network';
  if (command.includes('--extension-process')) return "popup and rest of the worker's process";
  return { 'gpu-process': 'compositor', renderer: 'charts', utility: 'utilities' }[type] ?? type;
}
