import { type PictureFoot, takePicture } from '@/components/export/take-picture';
import type { MapWindow } from '@/lib/chart/map-window';
import { DAY_MS } from '@/lib/core/time';
import type { Bar } from '@/lib/market/bar';
import type { ObservedLayer } from '@/lib/market/observed';
import type { OwnLevel } from '@/lib/market/own-position';
import { createSurface } from '@/lib/render/canvas';
import type { ProfileSums } from '@/lib/render/profile-sums';
import { createScheduler } from '@/lib/render/scheduler';

import { barsUntilNow } from './candles';
import { drawCrosshair } from './draw-crosshair';
import { drawMap } from './draw-map';
import { fitWindow } from './fit-window';
import { createHeatTiles, type HeatStyle } from './heat-tiles';
import type { MapColours } from './map-colours';
import { listenForGestures } from './map-gestures';
import { LONGEST_DAYS, type MapHistory } from './map-history';
import { mapLayout } from './map-layout';
import { type MapReading, readMap } from './map-reading';
import { createPresentColumn } from './present-column';

/** What is shown; the history of another contract starts from a fresh fit. */
export interface MapInput {
  readonly history: Pick<MapHistory, 'contracts' | 'bars' | 'endMs'>;
  /** Its days, of the wanted groups of leverage. */
  readonly days: MapHistory['days'];
  /** Another number when the history's content is another. */
  readonly version: number;
  readonly live: ProfileSums | null;
  readonly style: HeatStyle | null;
  /** Bars that are not stored yet, the newest still open. */
  readonly openBars: readonly Bar[];
  /** The user's own liquidation prices. */
  readonly ownLevels: readonly OwnLevel[];
  /** What public accounts are known to hold. */
  readonly known: ObservedLayer | null;
  readonly priceDigits: number;
  readonly colours: MapColours;
  readonly nowMs: number;
  readonly rangeMs: number;
}

export type MapChartHandle = ReturnType<typeof createMapChart>;

export interface MapPointer {
  readonly x: number;
  readonly y: number;
  /** Null where no column is. */
  readonly reading: MapReading | null;
}

export interface MapChartEvents {
  /** The user looks at another part: history from its start on is wanted. */
  readonly onWindow: (window: MapWindow) => void;
  readonly onPointer: (pointer: MapPointer | null) => void;
}

/** The map on two canvases: one for the data, one above it for what follows the pointer. */
export function createMapChart(
  base: HTMLCanvasElement,
  overlay: HTMLCanvasElement,
  events: MapChartEvents,
  signal: AbortSignal,
) {
  const tiles = createHeatTiles(() => performance.now());
  const present = createPresentColumn();
  let input: MapInput | null = null;
  let bars: readonly Bar[] = [];
  let window: MapWindow | null = null;
  /** Until the user moves it, the window follows the newest bar. */
  let isFollowing = true;
  let pointer: { readonly x: number; readonly y: number } | null = null;

  const draw = () => {
    if (input === null || window === null || surface.width === 0) return;
    if (drawMap(surface, tiles, present, { ...input, bars, window })) frames.soon();
  };
  const drawOver = () => {
    if (input === null || window === null || above.width === 0) return;
    drawCrosshair(above, window, pointer, input.priceDigits, input.colours);
  };
  const frame = (callback: () => void) => {
    // Nobody else draws here: the end of a frame is now.
    const atOnce = (): void => scheduler.atEnd();
    const scheduler = createScheduler(globalThis, atOnce, callback, signal);
    return scheduler;
  };
  const frames = frame(draw);
  const overFrames = frame(drawOver);
  // Drawn in the very frame that has the new size, which leaves a canvas empty.
  const surface = createSurface(globalThis.window, base, draw, signal);
  const above = createSurface(globalThis.window, overlay, drawOver, signal);

  const tellPointer = () => {
    if (pointer === null || input === null || window === null) return events.onPointer(null);
    const { days } = input;
    const { endMs } = input.history;
    const { area } = mapLayout(surface.width, surface.height);
    const reading = readMap(days, input.live?.profile ?? null, endMs, window, area, pointer.x, pointer.y);
    events.onPointer({ ...pointer, reading });
  };
  const show = (next: MapWindow) => {
    window = next;
    frames.soon();
    overFrames.soon();
    tellPointer();
  };
  const fit = () => {
    if (input === null) return;
    const { live, style, nowMs, rangeMs } = input;
    const mark = live?.profile.markPrice ?? style?.gauge.markPrice ?? NaN;
    const fitted = fitWindow(bars, mark, nowMs, rangeMs);
    if (fitted !== null) show(fitted);
  };

  listenForGestures(
    overlay,
    {
      window: () => window,
      limits: () => [(input?.nowMs ?? 0) - LONGEST_DAYS * DAY_MS, (input?.nowMs ?? 0) + DAY_MS / 4],
      onWindow(next) {
        isFollowing = false;
        show(next);
        events.onWindow(next);
      },
      onReset() {
        isFollowing = true;
        fit();
      },
      onPointer(at) {
        pointer = at;
        overFrames.soon();
        tellPointer();
      },
    },
    signal,
  );

  return {
    set(next: MapInput) {
      const [{ id }] = next.history.contracts;
      const isOther = input?.history.contracts[0].id !== id;
      if (isOther) tiles.clear();
      if (isOther || input?.rangeMs !== next.rangeMs) isFollowing = true;
      input = next;
      bars = barsUntilNow(next.history.bars, next.openBars);
      if (isFollowing) fit();
      else tellPointer();
      frames.soon();
    },
    /** The map as it is seen, without the user's own levels: pictures are passed on. Null where nothing is seen yet. */
    picture(foot: PictureFoot): Promise<Blob> | null {
      if (input === null || window === null || surface.width === 0) return null;
      drawMap(surface, tiles, present, { ...input, bars, window, ownLevels: [] });
      const picture = takePicture(base, foot);
      draw();
      return picture;
    },
  };
}
