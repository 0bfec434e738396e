import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { storedItem } from '@/lib/store/stored-item';

vi.mock('wxt/browser', async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  return { browser };
});

beforeEach(() => fakeBrowser.reset());

it('gives the fallback until something is stored', async () => {
  const item = storedItem<string | null>('name', 'nobody');
  expect(await item.getValue()).toBe('nobody');
  await item.setValue('somebody');
  expect(await item.getValue()).toBe('somebody');
  await item.setValue(null);
  expect(await item.getValue()).toBe('nobody');
});

it('tells watchers of its own key only, until they give up', async () => {
  const seen: number[] = [];
  const item = storedItem('count', 0);
  const unwatch = item.watch((value) => seen.push(value));
  await item.setValue(1);
  await storedItem('other', 0).setValue(5);
  unwatch();
  await item.setValue(2);
  expect(seen).toEqual([1]);
});
