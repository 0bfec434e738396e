import { expect, it, vi } from 'vitest';

import { RETENTION } from '@/lib/store/log/prune';
import { keptContracts, MEGABYTE, STORED_MEGABYTES, storedMegabytes } from '@/lib/store/storage-limits';

await vi.hoisted(async () => {
  const { fakeBrowser } = await import('wxt/testing/fake-browser');
  Object.assign(globalThis, { browser: fakeBrowser });
});

it.each([[null], ['40'], [0], [-10], [NaN], [81], [1e9]])('takes %j for the default', (value) => {
  expect(keptContracts.repair(value)).toBe(RETENTION.maxContracts);
  expect(storedMegabytes.repair(value) * MEGABYTE).toBe(RETENTION.maxBytes);
});

it('allows no other limits than those it names', () => {
  for (const megabytes of STORED_MEGABYTES) expect(storedMegabytes.repair(megabytes)).toBe(megabytes);
});

it('tells what was chosen, now and at every change', async () => {
  const told: number[] = [];
  const end = keptContracts.watch((count) => told.push(count));
  await keptContracts.setValue(20);
  await storedMegabytes.setValue(100);
  end();
  await keptContracts.setValue(40);
  expect(told).toEqual([20]);
  expect(await keptContracts.getValue()).toBe(40);
  expect(await storedMegabytes.getValue()).toBe(100);
});
