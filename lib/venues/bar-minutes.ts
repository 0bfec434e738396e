import { floorToStep, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS, type Bar, type BarMinutes } from '@/lib/market/bar';

const MINUTES = BAR_MS / MINUTE_MS;

/** One-minute bars, oldest first, as the minutes of the bars that they make up; a bar that lacks one has none. */
export function minutesOfBars(minutes: readonly Bar[]): BarMinutes[] {
  const byBar = new Map<number, Bar[]>();
  for (const minute of minutes) {
    const openTimeMs = floorToStep(minute.openTimeMs, BAR_MS);
    const own = byBar.get(openTimeMs);
    if (own === undefined) byBar.set(openTimeMs, [minute]);
    else own.push(minute);
  }
  return [...byBar]
    .filter(([, own]) => own.length === MINUTES)
    .map(([openTimeMs, own]) => ({
      openTimeMs,
      path: Float64Array.from(own.flatMap(({ high, low, close, volume }) => [high, low, close, volume])),
    }));
}
