import type { Page } from 'playwright-core';

import { FEED_PORT } from '@/lib/messaging/protocol';
import { BTCUSDT } from '@/tests/e2e/extension';
import type { Stage } from '@/tests/e2e/stage';

import type { ExtensionGlobals } from './switch-band';

/** A popup opens and asks for its figures, or one that is open asks for another contract's. */
export type Way = 'open' | 'ask';

/** Way of a popup's question for its figures, by the clock that page and worker share. */
export interface Answer {
  /** Of the question, unique. */
  readonly key: string;
  readonly way: Way;
  readonly askedMs: number;
  /** When the worker heard it, and when it had answered. */
  readonly heardMs: number;
  readonly toldMs: number;
  readonly hadMs: number;
}

type Asked = Pick<Answer, 'key' | 'way' | 'askedMs' | 'hadMs'>;
type Told = Pick<Answer, 'key' | 'heardMs' | 'toldMs'>;

interface Message {
  readonly type: string;
  readonly key: string;
}

interface WorkerPort {
  readonly onMessage: { addListener(listener: (message: Message) => void): void };
  postMessage(message: Message): void;
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
      const heard = new Map<string, number>();
      port.onMessage.addListener(({ type, key }) => {
        if (type === 'watch-contract') heard.set(key, now());
      });
      const post = port.postMessage.bind(port);
      port.postMessage = (message) => {
        post(message);
        const heardMs = heard.get(message.key);
        if (message.type !== 'summary' || heardMs === undefined) return;
        heard.delete(message.key);
        scope.told.push({ key: message.key, heardMs, toldMs: now() });
      };
    });
    const tick = (dueMs: number): void => {
      scope.delaysMs.push(now() - dueMs);
      const nextMs = now() + 10;
      setTimeout(() => tick(nextMs), 10);
    };
    tick(now());
  });

/** From now on popups are opened in a page of the extension, one after the other, and one that stays open asks all the while. */
export const openPopups = (page: Page): Promise<void> =>
  page.evaluate(openPopupsHere, { port: FEED_PORT, contractId: BTCUSDT });

/** Ends that: how each question went, and by how much the worker's timers were late meanwhile. */
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
    const own = told.find(({ key }) => key === each.key);
    return own === undefined ? [] : [{ ...each, ...own }];
  });
  if (answers.length < asked.length) throw new Error(`of ${asked.length} questions ${answers.length} were answered`);
  return { answers, delaysMs };
}

/** Runs in a page of the extension: what a popup asks when it opens, and one that is open, until `__asked` is taken. */
function openPopupsHere({ port, contractId }: { readonly port: string; readonly contractId: string }): void {
  const now = () => performance.timeOrigin + performance.now();
  const all: Asked[] = (window.__asked = []);
  const connect = () => (globalThis as unknown as ExtensionGlobals).chrome.runtime.connect({ name: port });
  /** Resolves with the first figures. */
  const figures = (way: Way, feed: ReturnType<typeof connect>, askedMs: number): Promise<string> =>
    new Promise((resolve) => {
      const key = `${way} ${askedMs}`;
      let isAnswered = false;
      feed.onMessage.addListener((message) => {
        // As lib/messaging/feed-wire.ts says that it has it.
        feed.postMessage(0);
        const told = message as unknown as Message;
        // More figures follow until the worker hears that none are wanted.
        if (told.type !== 'summary' || told.key !== key || isAnswered) return;
        isAnswered = true;
        all.push({ key, way, askedMs, hadMs: now() });
        resolve(key);
      });
      feed.postMessage({ type: 'watch-contract', key, contractId, detail: 'summary' });
    });
  // At whatever moment of the worker's own rhythms.
  const rest = () => new Promise((resolve) => setTimeout(resolve, 50 + 250 * Math.random()));
  const open = async (): Promise<void> => {
    while (window.__asked === all) {
      const askedMs = now();
      const feed = connect();
      await figures('open', feed, askedMs);
      feed.disconnect();
      await rest();
    }
  };
  const ask = async (): Promise<void> => {
    const feed = connect();
    while (window.__asked === all) {
      const key = await figures('ask', feed, now());
      feed.postMessage({ type: 'unwatch', key });
      await rest();
    }
    feed.disconnect();
  };
  void open();
  void ask();
}
