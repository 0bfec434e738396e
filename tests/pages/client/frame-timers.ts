const FRAME_MS = 1_000 / 60;

/**
 * Lets the page's timers count its frames instead of the clock: what a chart does some time after a click (a second one
 * resets its axis) then depends on the frames between, not on how busy the machine is.
 */
export function countTimersInFrames(): void {
  const pending = new Map<number, number>();
  let lastId = 0;
  window.setTimeout = ((callback: () => void, delayMs = 0): number => {
    const id = ++lastId;
    let left = Math.max(1, Math.ceil(delayMs / FRAME_MS));
    const frame = () => {
      left -= 1;
      if (left > 0) pending.set(id, requestAnimationFrame(frame));
      else if (pending.delete(id)) callback();
    };
    pending.set(id, requestAnimationFrame(frame));
    return id;
  }) as typeof window.setTimeout;
  window.clearTimeout = (id) => {
    cancelAnimationFrame(pending.get(Number(id)) ?? 0);
    pending.delete(Number(id));
  };
}
