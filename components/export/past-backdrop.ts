import { stepOf } from '@/components/dashboard/map/draw-candles';
import type { MapDay } from '@/components/dashboard/map/map-day';
import { placeOf } from '@/lib/chart/bar-times';
import { type MapArea, type MapWindow, timeToX } from '@/lib/chart/map-window';
import { DAY_MS, floorToStep, SECOND_MS } from '@/lib/core/time';
import type { Bar } from '@/lib/market/bar';
import type { PaneHistory, PaneRequest } from '@/lib/market/pane-history';
import { columnOfSlot } from '@/lib/model/column-slot';
import { COLUMN_MS, type SideCells } from '@/lib/model/history';
import { findBandStyles, type Pane, type PaneView } from '@/lib/render/band-styles';
import type { Context } from '@/lib/render/draw-text';

/** What the page has read of a market's history, and how much of it is wanted. */
export interface Past {
  readonly days: ReadonlyMap<number, MapDay>;
  readonly bars: readonly Bar[];
  readonly rangeMs: number;
}

/** As many places prove to the full pane where the bars stand. */
const PLACES = 24;

/** The full pane as charts have it, over bars of this window; null where it does not know where they stand. */
export function pastBackdrop(
  past: Past,
  view: Omit<PaneView, 'times'>,
  window: MapWindow,
  area: MapArea,
  nowMs: number,
): ((context: Context) => void) | null {
  // What is painted in slices comes whole: a picture has no next frame.
  let isUnfinished = false;
  const pane: Pane | undefined = findBandStyles()?.createPane({
    readHistory: (request) => pane?.take(historyOf(past, request)),
    soon: () => (isUnfinished = true),
  });
  const draw = pane?.under(view, barPlaces(window, area, nowMs), '') ?? null;
  return (
    draw &&
    ((context) => {
      do {
        isUnfinished = false;
        context.clearRect(0, 0, area.width, area.height);
        draw(context);
      } while (isUnfinished);
    })
  );
}

/** Where bars stand, as a chart's own time axis tells it. */
function barPlaces(window: MapWindow, area: MapArea, nowMs: number): number[] {
  const stepMs = stepOf(window, area);
  const newestMs = floorToStep(nowMs, stepMs);
  const spacing = (stepMs / (window.toMs - window.fromMs)) * area.width;
  const newestX = timeToX(window, area, newestMs + stepMs / 2);
  const timeAt = (x: number): number => {
    const barsBefore = Math.round((newestX - x) / spacing);
    return barsBefore < 0 ? 0 : (newestMs - barsBefore * stepMs) / SECOND_MS;
  };
  const times = Array.from({ length: PLACES }, (_, i) => timeAt(placeOf(i + 3, area.width)));
  return [area.width, spacing, (area.width - 1 - newestX) / spacing - 0.5, ...times];
}

function historyOf({ days, bars }: Past, { fromMs, toMs, stepMs }: PaneRequest): PaneHistory {
  const columns = [];
  for (let openMs = fromMs; openMs < toMs; openMs += stepMs) {
    const timeMs = floorToStep(openMs, COLUMN_MS);
    const slots = days.get(floorToStep(timeMs, DAY_MS))?.slots ?? [];
    const column = columnOfSlot(slots[(timeMs % DAY_MS) / COLUMN_MS] ?? []);
    if (column === null) continue;
    const { cellWidth, lowUsd, long, short } = column;
    columns.push({ timeMs, cellWidth, lowUsd, long: encode(long), short: encode(short) });
  }
  return {
    fromMs,
    toMs,
    columns,
    bars: bars.flatMap(({ openTimeMs, low, high }) => [openTimeMs, low, high]),
    madeOf: '',
    filledFromMs: 0,
    isLast: true,
  };
}

const encode = ({ firstCell, bytes }: SideCells) => ({ firstCell, bytes: btoa(String.fromCharCode(...bytes)) });
