import { expect, it } from 'vitest';

import { patientPause } from '@/lib/services/contract/patient-pause';

/** How long a pause takes where timers are so late. */
async function pauseWith(lateMs: number): Promise<number> {
  let nowMs = 1_000;
  const setTimer = (callback: () => void, delayMs: number) => {
    queueMicrotask(() => {
      nowMs += delayMs + lateMs;
      callback();
    });
    return () => {};
  };
  await patientPause({ now: () => nowMs, setTimer });
  return nowMs - 1_000;
}

it('is short while timers come as they should', async () => {
  expect(await pauseWith(0)).toBe(20);
  expect(await pauseWith(15)).toBe(35);
});

it('gives way for longer the later they come, for a second at most', async () => {
  expect(await pauseWith(50)).toBe(20 + 50 + 500 + 50);
  expect(await pauseWith(700)).toBe(20 + 700 + 1_000 + 700);
});
