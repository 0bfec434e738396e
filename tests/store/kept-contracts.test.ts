import { expect, it, vi } from 'vitest';

import { keptContracts, repairKept } from '@/lib/store/kept-contracts';

await vi.hoisted(async () => {
  const { fakeBrowser } = await import('wxt/testing/fake-browser');
  Object.assign(globalThis, { browser: fakeBrowser });
});

it.each([[null], ['40'], [0], [-10], [NaN], [81]])('takes %j for the default', (value) =>
  expect(repairKept(value)).toBe(80),
);

it('tells what was chosen, now and at every change', async () => {
  const told: number[] = [];
  const end = keptContracts.watch((count) => told.push(count));
  await keptContracts.setValue(20);
  end();
  await keptContracts.setValue(40);
  expect(told).toEqual([20]);
  expect(await keptContracts.getValue()).toBe(40);
});
