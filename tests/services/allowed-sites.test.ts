import { beforeEach, expect, it, vi } from 'vitest';

import { followAllowedSites, type AllowedSitesBrowser, type SiteScript } from '@/lib/services/allowed-sites';

const SCRIPTS: readonly SiteScript[] = [
  { name: 'scale', file: '/content-scripts/scale.js', world: 'MAIN' },
  { name: 'band', file: '/content-scripts/band.js', world: 'ISOLATED' },
];
const KNOWN = 'https://www.binance.com/*';
const OTHER = 'https://charts.example/*';

let origins: string[];
let registered: { id: string; matches: string[]; js: string[]; allFrames: boolean }[];
let onChange: (() => void)[];
const publish = vi.fn(() => Promise.resolve());
const inject = vi.fn(() => Promise.resolve());
const browser: AllowedSitesBrowser = {
  permissions: {
    getAll: () => Promise.resolve({ origins }),
    onAdded: { addListener: (listener) => void onChange.push(listener) },
    onRemoved: { addListener: (listener) => void onChange.push(listener) },
  },
  scripting: {
    getRegisteredContentScripts: () => Promise.resolve(registered),
    registerContentScripts(scripts) {
      const isTwice = scripts.some(({ id }) => registered.some((each) => each.id === id));
      if (isTwice) return Promise.reject(new Error('Duplicate script ID'));
      registered = [...registered, ...scripts];
      return Promise.resolve();
    },
    unregisterContentScripts({ ids }) {
      registered = registered.filter(({ id }) => !ids.includes(id));
      return Promise.resolve();
    },
  },
  tabs: { query: ({ url: [pattern] }) => Promise.resolve(pattern === OTHER ? [{ id: 5 }, {}] : []) },
};
const onError = vi.fn<(cause: unknown) => void>();
const follow = () =>
  followAllowedSites({ browser, scripts: SCRIPTS, isKnown: (origin) => origin === KNOWN, inject, publish, onError });
const settle = () => new Promise((resolve) => setTimeout(resolve));
const change = (): Promise<unknown> => {
  for (const listener of onChange) listener();
  return settle();
};

beforeEach(() => {
  origins = [KNOWN];
  registered = [];
  onChange = [];
  vi.clearAllMocks();
});

it('registers nothing where only known hosts are granted', async () => {
  await follow();
  expect(registered).toEqual([]);
  expect(publish).toHaveBeenLastCalledWith([]);
});

it('registers both scripts for a site once it is granted, and starts them in its tabs', async () => {
  await follow();
  origins = [KNOWN, OTHER];
  await change();
  expect(registered).toMatchObject([
    {
      id: `scale ${OTHER}`,
      matches: [OTHER],
      js: ['/content-scripts/scale.js'],
      runAt: 'document_start',
      world: 'MAIN',
    },
    {
      id: `band ${OTHER}`,
      matches: [OTHER],
      js: ['/content-scripts/band.js'],
      runAt: 'document_start',
      allFrames: true,
    },
  ]);
  expect(publish).toHaveBeenLastCalledWith([OTHER]);
  expect(inject.mock.calls).toEqual([
    [5, SCRIPTS[0]],
    [5, SCRIPTS[1]],
  ]);
});

it('takes back what is no longer granted, also what was withdrawn while the worker slept', async () => {
  registered = [{ id: `band ${OTHER}`, matches: [OTHER], js: [], allFrames: true }];
  await follow();
  expect(registered).toEqual([]);
  expect(publish).toHaveBeenLastCalledWith([]);
});

it('registers once, however many changes come at a time', async () => {
  await follow();
  origins = [KNOWN, OTHER];
  await Promise.all([change(), change(), change()]);
  expect(registered).toHaveLength(2);
});

it('goes on after a change that failed', async () => {
  await follow();
  publish.mockRejectedValueOnce(new Error('quota'));
  await change();
  origins = [OTHER];
  await change();
  expect(registered).toHaveLength(2);
});

it('tells what failed, and goes on with the next change', async () => {
  publish.mockRejectedValueOnce(new Error('full'));
  origins = [KNOWN, OTHER];
  await follow();
  expect(onError.mock.calls.map(([cause]) => String(cause))).toEqual(['Error: full']);
  expect(registered).toEqual([]);
  await change();
  expect(registered.length).toBeGreaterThan(0);
});
