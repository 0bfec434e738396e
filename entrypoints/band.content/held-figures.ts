import type { Market } from './market';

/** A chart whose scale comes again within this time, and has done so for as long, is being dragged or zoomed. */
const QUICK_MS = 90;
/** Figures wait until it has rested for so long, but no longer than the second. */
const REST_MS = 250;
const LONGEST_MS = 2_000;

/** When a chart of this page moved last. */
let movedMs = -Infinity;

/**
 * Nobody reads figures while a chart moves, and a frame that moves one has no time for new ones: all that is drawn would be
 * painted anew. Of one symbol on one chart they wait, the newest alone; what says that it is another contract does not.
 */
export function holdFigures(view: Window, take: (market: Market) => void, signal: AbortSignal) {
  let taken: Market | null = null;
  let held: Market | null = null;
  let takenMs = -Infinity;
  let sinceMs = -Infinity;
  let lastMs = -Infinity;
  let timer: number | undefined;

  const offer = (latest: Market): void => {
    const nowMs = performance.now();
    const isSame = taken?.sums && latest.sums && taken.resolution === latest.resolution;
    held = isSame && nowMs - movedMs < REST_MS && nowMs - takenMs < LONGEST_MS ? latest : null;
    if (held) {
      timer ??= view.setTimeout(release, REST_MS);
      return;
    }
    taken = latest;
    takenMs = nowMs;
    take(latest);
  };
  const release = (): void => {
    timer = undefined;
    if (held) offer(held);
  };
  signal.addEventListener('abort', () => view.clearTimeout(timer));

  return {
    /** The chart's scale has changed. */
    move: (): void => {
      const nowMs = performance.now();
      if (nowMs - lastMs > QUICK_MS) sinceMs = nowMs;
      lastMs = nowMs;
      if (nowMs - sinceMs > QUICK_MS) movedMs = nowMs;
    },
    /** Has the market taken: at once, or when the page's charts rest. */
    offer,
  };
}
