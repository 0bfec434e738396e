import { beforeEach, describe, expect, it } from 'vitest';

import { createRecordingSpan, type Reception, type RecordingSpan } from '@/lib/services/liquidations/recording-span';

const STEP_MS = 5_000;

let nowMs: number;
let reception: Reception;
let span: RecordingSpan;

beforeEach(() => {
  nowMs = 1_000_000;
  reception = { liveSinceMs: nowMs, heardMs: nowMs, brokenCount: 0 };
  span = createRecordingSpan(
    () => nowMs,
    () => nowMs,
    () => reception,
  );
  span.extend();
  step();
});

/** Five seconds later, in which the venue was heard or not. */
function step(change: Partial<Reception> = {}) {
  nowMs += STEP_MS;
  reception = { ...reception, heardMs: nowMs, ...change };
  return span.extend();
}

describe('the stretch that counts as recorded', () => {
  it('grows while the stream is live and heard', () => {
    expect(step()).toEqual({ fromMs: nowMs - STEP_MS, toMs: nowMs });
    expect(step()).toEqual({ fromMs: nowMs - STEP_MS, toMs: nowMs });
  });

  it('ends before what may be told late, and begins no earlier than it was heard', () => {
    const [startMs, lagMs] = [nowMs, 3 * STEP_MS];
    span = createRecordingSpan(
      () => nowMs,
      () => nowMs,
      () => reception,
      lagMs,
    );
    expect(span.extend()).toBeNull();
    expect([step(), step(), step()]).toEqual([null, null, null]);
    expect(step()).toEqual({ fromMs: startMs + STEP_MS, toMs: startMs + STEP_MS });
    expect(step()).toEqual({ fromMs: nowMs - lagMs - STEP_MS, toMs: nowMs - lagMs });
  });

  it('leaves out what nobody heard before the stream was found to be silent', () => {
    const heardMs = nowMs;
    step({ heardMs });
    expect(step({ heardMs })).toBeNull();
    expect(step({ heardMs })).toBeNull();
    expect(step({ heardMs, liveSinceMs: null })).toBeNull();
    expect(step({ liveSinceMs: nowMs })).toBeNull();
    expect(step()).toEqual({ fromMs: nowMs, toMs: nowMs });
  });

  it('takes in a pause after which the same stream speaks again', () => {
    const heardMs = nowMs;
    expect(step({ heardMs })).toEqual({ fromMs: heardMs, toMs: nowMs });
    expect(step({ heardMs })).toBeNull();
    expect(step()).toEqual({ fromMs: nowMs - 2 * STEP_MS, toMs: nowMs });
  });

  it('leaves out a stretch with a frame that could not be read', () => {
    expect(step({ brokenCount: 1 })).toBeNull();
    expect(step()).toEqual({ fromMs: nowMs, toMs: nowMs });
    expect(step()).toEqual({ fromMs: nowMs - STEP_MS, toMs: nowMs });
  });

  it('leaves out what the machine slept through, and begins anew after an interruption', () => {
    nowMs += 10 * STEP_MS;
    expect(step()).toBeNull();
    expect(step()).toBeNull();
    expect(step()).toEqual({ fromMs: nowMs, toMs: nowMs });
    span.interrupt();
    expect(step()).toBeNull();
    expect(step()).toEqual({ fromMs: nowMs, toMs: nowMs });
  });

  it('begins once the new connection spoke: what is called live before may lie after a leap of the venue’s time', () => {
    let venueMs = 5_000;
    const late = createRecordingSpan(
      () => nowMs,
      () => venueMs,
      () => reception,
    );
    const heardMs = nowMs;
    nowMs += STEP_MS;
    reception = { liveSinceMs: nowMs, heardMs, brokenCount: 0 };
    expect(late.extend()).toBeNull();
    [nowMs, venueMs] = [nowMs + STEP_MS, venueMs + 3_600_000];
    reception = { ...reception, heardMs: nowMs };
    expect(late.extend()).toBeNull();
    [nowMs, venueMs] = [nowMs + STEP_MS, venueMs + STEP_MS];
    reception = { ...reception, heardMs: nowMs };
    expect(late.extend()).toEqual({ fromMs: venueMs, toMs: venueMs });
  });

  it('begins anew without waiting after a frame that could not be read', () => {
    expect(step({ brokenCount: 1 })).toBeNull();
    expect(step()).toEqual({ fromMs: nowMs, toMs: nowMs });
  });

  it('claims nothing before anything was pushed, and nothing further than that', () => {
    let toldMs = -Infinity;
    const told = createRecordingSpan(
      () => nowMs,
      () => toldMs,
      () => reception,
    );
    const extendLater = () => {
      nowMs += STEP_MS;
      reception = { ...reception, heardMs: nowMs };
      return told.extend();
    };
    expect(extendLater()).toBeNull();
    // Older than the connection, perhaps: what came in between was told to nobody.
    toldMs = 5_000;
    expect(extendLater()).toBeNull();
    expect(extendLater()).toBeNull();
    toldMs = 6_000;
    expect(extendLater()).toEqual({ fromMs: 6_000, toMs: 6_000 });
    expect(extendLater()).toEqual({ fromMs: 6_000, toMs: 6_000 });
    toldMs = 7_000;
    expect(extendLater()).toEqual({ fromMs: 6_000, toMs: 7_000 });
  });
});
