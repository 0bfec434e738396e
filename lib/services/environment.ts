/** Time as the services see it; injected, so that tests and replays own it. */
export interface ServiceEnvironment {
  /** Machine time. */
  readonly now: () => number;
  /** Runs once after the delay; the returned function cancels. */
  readonly setTimer: (callback: () => void, delayMs: number) => () => void;
  /** An expected failure worth a line in the log, once per cause. */
  readonly log: (text: string) => void;
}
