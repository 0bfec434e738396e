import { beforeEach, expect, it } from 'vitest';

import { createContractOpening, type ContractOpening } from '@/lib/services/contract/contract-opening';
import { createVirtualTime, type VirtualTime } from '@/tests/venues/virtual-time';

let time: VirtualTime;
let opening: ContractOpening;
/** How to end each reading that is under way. */
let readings: { resolve(): void; reject(cause: unknown): void }[];
let fills: number;
let errors: unknown[];
let abort: AbortController;

beforeEach(() => {
  [time, readings, fills, errors, abort] = [createVirtualTime(), [], 0, [], new AbortController()];
  opening = createContractOpening({
    read: () => new Promise((resolve, reject) => readings.push({ resolve, reject })),
    fill: async () => void (fills += 1),
    environment: { now: time.now, setTimer: time.setTimer, log: () => {} },
    signal: abort.signal,
    onError: (cause) => errors.push(cause),
  });
});

const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

it('opens one at a time: what is wanted meanwhile is done once afterwards', async () => {
  opening.open();
  opening.open();
  opening.repair();
  expect(readings).toHaveLength(1);
  readings[0].resolve();
  await settle();
  expect([readings.length, fills]).toEqual([2, 1]);
  readings[1].resolve();
  await settle();
  expect([readings.length, fills, opening.isOpen]).toEqual([2, 2, true]);
});

it('tries a store that fails again after a while, by one timer, and not once it is stopped', async () => {
  opening.open();
  opening.open();
  readings[0].reject(new Error('one'));
  await settle();
  readings[1].reject(new Error('two'));
  await settle();
  expect([errors.length, time.timerCount()]).toEqual([2, 1]);
  time.advance(15_000);
  expect(readings).toHaveLength(3);
  abort.abort();
  readings[2].reject(new Error('three'));
  await settle();
  expect(time.timerCount()).toBe(0);
});
