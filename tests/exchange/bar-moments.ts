import { floorToStep } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

/** When a stream tells of which bar: at every close in (fromMs, toMs], then of the bar still open, which changes every `updateMs`. */
export function barMoments(
  fromMs: number,
  toMs: number,
  updateMs: number,
  stepMs = BAR_MS,
): { readonly openMs: number; readonly atMs: number }[] {
  const moments: { openMs: number; atMs: number }[] = [];
  for (let closeMs = floorToStep(fromMs, stepMs) + stepMs; closeMs <= toMs; closeMs += stepMs)
    moments.push({ openMs: closeMs - stepMs, atMs: closeMs });
  const openMs = floorToStep(toMs, stepMs);
  if (toMs > openMs && floorToStep(toMs, updateMs) > fromMs) moments.push({ openMs, atMs: toMs });
  return moments;
}
