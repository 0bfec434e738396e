import type { ServiceEnvironment } from './environment';

/** Runs a task now and again `everyMs` after each start, until the signal aborts. */
export function poll(
  task: () => Promise<void>,
  everyMs: number,
  environment: ServiceEnvironment,
  signal: AbortSignal,
  onError: (cause: unknown) => void,
): void {
  let cancel = () => {};
  const run = () => {
    if (signal.aborted) return;
    task().catch(onError);
    cancel = environment.setTimer(run, everyMs);
  };
  signal.addEventListener('abort', () => cancel());
  run();
}
