import type { ServiceEnvironment } from '@/lib/services/environment';

/** Runs a task now and again every `everyMs`, but not while it still runs, until the signal aborts. */
export function poll(
  task: () => Promise<void>,
  everyMs: number,
  environment: ServiceEnvironment,
  signal: AbortSignal,
  onError: (cause: unknown) => void,
): void {
  let cancel = () => {};
  let isRunning = false;
  const run = () => {
    if (signal.aborted) return;
    cancel = environment.setTimer(run, everyMs);
    // Questions to a venue that answers slowly, or has us wait, would pile up.
    if (isRunning) return;
    isRunning = true;
    void task()
      .catch(onError)
      .finally(() => {
        isRunning = false;
      });
  };
  signal.addEventListener('abort', () => cancel());
  run();
}
