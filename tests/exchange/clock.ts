/** The venue's time: may run faster than the machine's, stand still or be set. Everything served derives from it. */
export interface VenueClock {
  now(): number;
  readonly speed: number;
  setSpeed(speed: number): void;
  pause(): void;
  resume(): void;
  /** Moves the time on at once, also while paused. */
  step(durationMs: number): void;
  set(timeMs: number): void;
  /** Called after `step` and `set`, which move the time by more than its flow. Returns the undo. */
  onJump(listener: () => void): () => void;
}

export interface VenueClockOptions {
  /** Venue time at the start; default the machine's. */
  readonly startMs?: number;
  readonly speed?: number;
  readonly isPaused?: boolean;
  /** Machine time in ms. */
  readonly machineNow?: () => number;
}

export const createVenueClock = (options: VenueClockOptions = {}): VenueClock => {
  const machineNow = options.machineNow ?? Date.now;
  let speed = options.speed ?? 1;
  let isPaused = options.isPaused ?? false;
  let fromMachineMs = machineNow();
  let fromVenueMs = options.startMs ?? fromMachineMs;
  const listeners = new Set<() => void>();

  const now = (): number => (isPaused ? fromVenueMs : Math.floor(fromVenueMs + (machineNow() - fromMachineMs) * speed));
  const rebase = (venueMs: number): void => {
    fromVenueMs = venueMs;
    fromMachineMs = machineNow();
  };
  const jump = (venueMs: number): void => {
    rebase(venueMs);
    for (const listener of listeners) listener();
  };
  return {
    now,
    get speed() {
      return isPaused ? 0 : speed;
    },
    setSpeed(value) {
      if (!(value > 0)) throw new Error(`the venue's clock cannot run at speed ${value}`);
      rebase(now());
      speed = value;
    },
    pause() {
      rebase(now());
      isPaused = true;
    },
    resume() {
      rebase(now());
      isPaused = false;
    },
    step: (durationMs) => jump(now() + durationMs),
    set: jump,
    onJump(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
