import { expect, it } from 'vitest';

import { createVenueClock } from '@/lib/services/venue-clock';

it('is the machine clock until the venue speaks, then carries the venue time on', () => {
  let machineMs = 1_000;
  const clock = createVenueClock(() => machineMs);
  expect(clock.isKnown).toBe(false);
  expect(clock.now()).toBe(1_000);
  clock.observe(50_000);
  machineMs += 250;
  expect(clock.now()).toBe(50_250);
});

it('is set back when the machine clock was set forward, so that bars go on closing', () => {
  let machineMs = 1_000_000;
  const clock = createVenueClock(() => machineMs);
  clock.observe(2_000_000);
  machineMs += 2 * 3_600_000;
  clock.observe(2_001_000);
  expect(clock.now()).toBe(2_001_000);
});

it('may be set back by the first word of the venue, never by a late one', () => {
  let machineMs = 1_000_000;
  const clock = createVenueClock(() => machineMs);
  clock.observe(500);
  expect(clock.now()).toBe(500);
  machineMs += 100;
  clock.observe(550);
  expect(clock.now()).toBe(600);
  clock.observe(9_000);
  expect(clock.now()).toBe(9_000);
});
