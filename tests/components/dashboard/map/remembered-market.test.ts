import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { rememberedMarket, rememberMarket } from '@/components/dashboard/map/remembered-market';
import { CONTRACT } from '@/tests/components/samples';

vi.mock('wxt/browser', () => ({ browser: fakeBrowser }));
beforeEach(() => fakeBrowser.reset());

it('gives back the contracts as they were, and none before any were', async () => {
  expect(await rememberedMarket()).toEqual([]);
  await rememberMarket([CONTRACT]);
  expect(await rememberedMarket()).toEqual([CONTRACT]);
});

it.each([['no list'], [[CONTRACT, { ...CONTRACT, tickSize: 0 }]], [[null]]])(
  'trusts nothing else: %j',
  async (stored) => {
    await fakeBrowser.storage.local.set({ 'last-market': stored });
    expect(await rememberedMarket()).toEqual([]);
  },
);
