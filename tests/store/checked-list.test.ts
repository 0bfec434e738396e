import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import type { OwnPosition } from '@/lib/market/own-position';
import { ownPositionCheck } from '@/lib/market/own-position-check';
import { checkedList } from '@/lib/store/checked-list';

const SOUND: OwnPosition = {
  id: 'a',
  contractId: 'binance:BTCUSDT',
  positionSide: 'long',
  entryPrice: 60_000,
  size: 0.5,
  sizeUnit: 'base',
  margin: { kind: 'cross', balance: 900 },
};

vi.mock('wxt/browser', async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  return { browser };
});

let broken: string[];
const list = () => checkedList('own-positions', ownPositionCheck, (key, count) => broken.push(`${count} in ${key}`));

beforeEach(() => {
  fakeBrowser.reset();
  broken = [];
});

it('gives back what was stored, and nothing where nothing is', async () => {
  expect(await list().getValue()).toEqual([]);
  await list().setValue([SOUND]);
  expect(await list().getValue()).toEqual([SOUND]);
  expect(broken).toEqual([]);
});

it.each([
  ['no position', null],
  ['another shape', { id: 'b' }],
  ['an entry of zero', { ...SOUND, entryPrice: 0 }],
  ['an endless size', { ...SOUND, size: Infinity }],
  ['a side that is none', { ...SOUND, positionSide: 'both' }],
  ['a venue nobody knows', { ...SOUND, contractId: 'mtgox:BTCUSD' }],
  ['leverage below one', { ...SOUND, margin: { kind: 'leverage', leverage: 0.5 } }],
  ['a margin of another kind', { ...SOUND, margin: { kind: 'portfolio', balance: 3 } }],
])('leaves out %s with a line for the log, and keeps the rest', async (_, entry) => {
  await fakeBrowser.storage.local.set({ 'own-positions': [entry, SOUND] });
  expect(await list().getValue()).toEqual([SOUND]);
  expect(broken).toEqual(['1 in own-positions']);
});

it('takes something else than a list for none', async () => {
  await fakeBrowser.storage.local.set({ 'own-positions': { 0: SOUND } });
  expect(await list().getValue()).toEqual([]);
  expect(broken).toEqual(['1 in own-positions']);
});

it('tells of later changes, checked the same', async () => {
  const seen: unknown[] = [];
  const end = list().watch((positions) => seen.push(positions));
  await fakeBrowser.storage.local.set({ 'own-positions': [SOUND, 7] });
  end();
  await fakeBrowser.storage.local.set({ 'own-positions': [] });
  expect(seen).toEqual([[SOUND]]);
});
