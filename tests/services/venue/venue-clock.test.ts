import { expect, it } from 'vitest';

import { createVenueClock, marketNow, marketTold } from '@/lib/services/venue/venue-clock';

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

it('follows a machine clock that was set forward by a minute, within a minute', () => {
  let [machineMs, venueMs] = [1_000_000, 2_000_000];
  const clock = createVenueClock(() => machineMs);
  const pass = (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      machineMs += 1_000;
      venueMs += 1_000;
      clock.observe(venueMs);
    }
  };
  pass(120);
  machineMs += 60_000;
  expect(clock.now()).toBe(venueMs + 60_000);
  pass(61);
  expect(clock.now()).toBe(venueMs);
});

it('leaves late words aside, however many there are, while others keep up', () => {
  let machineMs = 1_000_000;
  const clock = createVenueClock(() => machineMs);
  for (let second = 0; second < 300; second += 1) {
    machineMs += 1_000;
    clock.observe(machineMs + (second % 20 === 0 ? 500 : -100_000));
    expect(clock.now()).toBe(machineMs + 500);
  }
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

it('tells the newest time that the venue said itself, late words left aside', () => {
  let machineMs = 1_000_000;
  const clock = createVenueClock(() => machineMs);
  expect(clock.toldMs).toBeNull();
  clock.observe(2_000_000);
  clock.observe(1_999_000);
  machineMs += 60_000;
  expect(clock.toldMs).toBe(2_000_000);
  // A jump back: what was said before was wrong.
  clock.observe(1_000_000);
  expect(clock.toldMs).toBe(1_000_000);
});

it('takes for the market’s time what most venues agree on', () => {
  const clockAt = (venueMs: number | null) => {
    const clock = createVenueClock(() => 1_000);
    if (venueMs !== null) clock.observe(venueMs);
    return clock;
  };
  for (const read of [marketNow, marketTold]) {
    expect(read([])).toBeNull();
    expect(read([clockAt(null)])).toBeNull();
    expect(read([clockAt(500)])).toBe(500);
    expect(read([clockAt(9_000), clockAt(500)])).toBe(500);
    expect(read([clockAt(9_000), clockAt(null), clockAt(500), clockAt(600)])).toBe(600);
  }
});
