import { expect, it, vi } from 'vitest';

import { createVenueClock } from './clock';

const createAt = (options: { speed?: number; isPaused?: boolean; startMs?: number }) => {
  const machine = { nowMs: 1_000_000 };
  return { machine, clock: createVenueClock({ ...options, machineNow: () => machine.nowMs }) };
};

it("starts at the machine's time and runs as many times faster as told", () => {
  const { machine, clock } = createAt({ speed: 60 });
  expect(clock.now()).toBe(1_000_000);
  machine.nowMs += 500;
  expect(clock.now()).toBe(1_030_000);
  clock.setSpeed(2);
  machine.nowMs += 10;
  expect(clock.now()).toBe(1_030_020);
});

it('stands still while paused, and goes on from there', () => {
  const { machine, clock } = createAt({ startMs: 5_000 });
  machine.nowMs += 100;
  clock.pause();
  machine.nowMs += 1_000;
  expect([clock.now(), clock.speed]).toEqual([5_100, 0]);
  clock.resume();
  machine.nowMs += 1;
  expect([clock.now(), clock.speed]).toEqual([5_101, 1]);
});

it('tells its listeners of jumps, also while paused', () => {
  const { clock } = createAt({ startMs: 0, isPaused: true });
  const listener = vi.fn();
  const stop = clock.onJump(listener);
  clock.step(300_000);
  clock.set(42);
  expect(clock.now()).toBe(42);
  stop();
  clock.step(1);
  expect(listener).toHaveBeenCalledTimes(2);
});

it('refuses a speed that is not above zero', () => {
  expect(() => createAt({}).clock.setSpeed(0)).toThrow('speed 0');
});
