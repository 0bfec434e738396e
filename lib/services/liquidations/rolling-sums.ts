/**
 * Sums of whole numbers over windows that end now, kept as they come: adding costs the same however long the windows
 * are, and what leaves a window is subtracted once. Whole numbers (cents, counts) leave no remainder behind.
 * A window holds every step that it touches, so that it is up to one step longer than its name.
 */
export interface RollingSums {
  /** Later than now counts as now; what is older than a window does not enter it. */
  add(key: number, timeMs: number, column: number, amount: number): void;
  /** What the step that holds the time has of it; 0 once it left the longest window. */
  inStep(key: number, timeMs: number, column: number): number;
  sum(key: number, window: number, column: number): number;
  /** Each step that has anything, oldest first, with each column's sum over all keys. */
  steps(): { readonly startMs: number; readonly sums: Float64Array }[];
  /** Moves the windows to a time, also back where the last one was wrong, but not by a single step. To be called before anything is added. */
  advance(nowMs: number): void;
}

interface Step {
  /** Where a key's columns begin in `sums`. */
  readonly slots: Map<number, number>;
  sums: Float64Array;
}

const FIRST_SLOTS = 4;

const grown = (numbers: Float64Array, length: number): Float64Array => {
  const larger = new Float64Array(length);
  larger.set(numbers);
  return larger;
};

export function createRollingSums(options: {
  readonly stepMs: number;
  /** Multiples of the step, ascending. */
  readonly windowsMs: readonly number[];
  readonly columnCount: number;
}): RollingSums {
  const { stepMs, windowsMs, columnCount } = options;
  const windowCount = windowsMs.length;
  const steps = new Map<number, Step>();
  let totals: Float64Array = new Float64Array(64 * windowCount * columnCount);
  let now = -Infinity;
  const firstOf = (window: number): number => now - windowsMs[window] / stepMs;

  const stepAt = (timeMs: number): number => Math.min(now, Math.floor(timeMs / stepMs));

  const slotOf = (step: Step, key: number): number => {
    const known = step.slots.get(key);
    if (known !== undefined) return known;
    const slot = step.slots.size * columnCount;
    if (slot === step.sums.length) step.sums = grown(step.sums, 2 * slot);
    step.slots.set(key, slot);
    return slot;
  };

  const leave = (index: number, window: number): void => {
    const step = steps.get(index);
    if (step === undefined) return;
    for (const [key, slot] of step.slots) {
      const total = (key * windowCount + window) * columnCount;
      for (let column = 0; column < columnCount; column++) totals[total + column] -= step.sums[slot + column];
    }
    if (window === windowCount - 1) steps.delete(index);
  };

  /** What has left a window meanwhile enters it again. */
  const goBack = (to: number): void => {
    now = to;
    totals.fill(0);
    for (const [index, { slots, sums }] of steps) {
      for (let window = windowCount - 1; window >= 0 && index >= firstOf(window); window--) {
        for (const [key, slot] of slots) {
          const total = (key * windowCount + window) * columnCount;
          for (let column = 0; column < columnCount; column++) totals[total + column] += sums[slot + column];
        }
      }
    }
  };

  return {
    add(key, timeMs, column, amount) {
      const index = stepAt(timeMs);
      if (index < firstOf(windowCount - 1)) return;
      let step = steps.get(index);
      if (step === undefined) {
        step = { slots: new Map(), sums: new Float64Array(FIRST_SLOTS * columnCount) };
        steps.set(index, step);
      }
      // First: it may replace the sums by more of them.
      const slot = slotOf(step, key);
      step.sums[slot + column] += amount;
      const needed = (key + 1) * windowCount * columnCount;
      if (needed > totals.length) totals = grown(totals, 2 * needed);
      for (let window = windowCount - 1; window >= 0 && index >= firstOf(window); window--) {
        totals[(key * windowCount + window) * columnCount + column] += amount;
      }
    },

    inStep(key, timeMs, column) {
      const step = steps.get(stepAt(timeMs));
      const slot = step?.slots.get(key);
      return step === undefined || slot === undefined ? 0 : step.sums[slot + column];
    },

    sum: (key, window, column) => totals[(key * windowCount + window) * columnCount + column] ?? 0,

    steps: () =>
      [...steps.entries()]
        .sort(([a], [b]) => a - b)
        .map(([index, step]) => {
          const sums = new Float64Array(columnCount);
          const end = step.slots.size * columnCount;
          for (let slot = 0; slot < end; slot++) sums[slot % columnCount] += step.sums[slot];
          return { startMs: index * stepMs, sums };
        }),

    advance(nowMs) {
      const next = Math.floor(nowMs / stepMs);
      if (next === now || next === now - 1) return;
      if (next < now) return goBack(next);
      const ordered = [...steps.keys()].sort((a, b) => a - b);
      const passed = next - now;
      for (let window = 0; window < windowCount; window++) {
        const from = firstOf(window);
        for (const index of ordered) if (index >= from && index < from + passed) leave(index, window);
      }
      now = next;
    },
  };
}
