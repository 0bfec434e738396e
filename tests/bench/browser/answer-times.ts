import type { Page } from 'playwright-core';

import { FEED_PORT } from '@/lib/messaging/protocol';
import { BTCUSDT } from '@/tests/e2e/extension';
import type { Stage } from '@/tests/e2e/stage';

import type { ExtensionGlobals } from './switch-band';

/** Way of a popup's question for its figures, by the clock that page and worker share. */
export interface Answer {
  readonly askedMs: number;
  /** When the worker heard it, and when it had answered. */
  readonly heardMs: number;
  readonly toldMs: number;
  readonly hadMs: number;
}

type Asked = Pick<Answer, 'askedMs' | 'hadMs'>;
type Told = Pick<Answer, 'heardMs' | 'toldMs'>;

interface WorkerPort {
  readonly onMessage: { addListener(listener: (message: { readonly type: string }) => void): void };
  postMessage(message: { readonly type: string }): void;
}

interface TimedWorker {
  told: Told[];
  delaysMs: number[];
  readonly chrome: {
    readonly runtime: { readonly onConnect: { addListener(listener: (port: WorkerPort) => void): void } };
  };
}

declare global {
  interface Window {
    __asked?: Asked[];
  }
}

/** Lets the worker note when it hears and answers, and how late its own timers come. Once in a worker's life. */
export const timeWorker = ({ browser }: Stage): Promise<void> =>
  browser.context.serviceWorkers()[0].evaluate(() => {
    const scope = globalThis as unknown as TimedWorker;
    const now = () => performance.timeOrigin + performance.now();
    scope.told = [];
    scope.delaysMs = [];
    scope.chrome.runtime.onConnect.addListener((port) => {
      let heardMs = NaN;
      port.onMessage.addListener(({ type }) => {
        if (type === 'watch-contract') heardMs = now();
      });
      const post = port.postMessage.bind(port);
      port.postMessage = (message) => {
        post(message);
        if (message.type === 'summary') scope.told.push({ heardMs, toldMs: now() });
      };
    });
    const tick = (dueMs: number): void => {
      scope.delaysMs.push(now() - dueMs);
      const nextMs = now() + 10;
      setTimeout(() => tick(nextMs), 10);
    };
    tick(now());
  });

/** From now on popups are opened in a page of the extension, one after the other. */
export const openPopups = (page: Page): Promise<void> =>
  page.evaluate(openPopupsHere, { port: FEED_PORT, contractId: BTCUSDT });

/** Ends the openings: how each went, and by how much the worker's timers were late meanwhile. */
export async function takeAnswers(page: Page, { browser }: Stage): Promise<{ answers: Answer[]; delaysMs: number[] }> {
  const asked = await page.evaluate(() => {
    const all = window.__asked ?? [];
    delete window.__asked;
    return all;
  });
  const { told, delaysMs } = await browser.context.serviceWorkers()[0].evaluate(() => {
    const scope = globalThis as unknown as TimedWorker;
    return { told: scope.told.splice(0), delaysMs: scope.delaysMs.splice(0) };
  });
  const answers = asked.flatMap((each) => {
    const own = told.find(({ heardMs }) => heardMs >= each.askedMs && heardMs <= each.hadMs);
    return own === undefined ? [] : [{ ...each, ...own }];
  });
  if (answers.length < asked.length) throw new Error(`of ${asked.length} openings ${answers.length} were answered`);
  return { answers, delaysMs };
}

/** Runs in a page of the extension: what a popup asks when it opens, until `__asked` is taken. */
function openPopupsHere({ port, contractId }: { readonly port: string; readonly contractId: string }): void {
  const now = () => performance.timeOrigin + performance.now();
  const all: Asked[] = (window.__asked = []);
  const open = (): void => {
    if (window.__asked !== all) return;
    const askedMs = now();
    const feed = (globalThis as unknown as ExtensionGlobals).chrome.runtime.connect({ name: port });
    let isAnswered = false;
    feed.onMessage.addListener(({ type }) => {
      if (type !== 'summary' || isAnswered) return;
      isAnswered = true;
      all.push({ askedMs, hadMs: now() });
      feed.disconnect();
      // At whatever moment of the worker's own rhythms.
      setTimeout(open, 50 + 250 * Math.random());
    });
    feed.postMessage({ type: 'hello', probe: new Float32Array(1) });
    feed.postMessage({ type: 'watch-contract', key: 'popup', contractId, detail: 'summary' });
  };
  open();
}
