import { createBasePrice } from '@/lib/chart/base-price';
import { marketPrice } from '@/lib/render/band-state';
import type { LabelAxis } from '@/lib/render/band-styles';

import { isInPrices, isInView } from './in-prices';
import { nearerReading } from './label-marks';

/** Behind these a chart may have another first bar. */
const INPUTS = ['pointerdown', 'pointermove', 'pointerup', 'wheel', 'keydown', 'touchmove'];
/** Where an indexed axis begins. */
const INDEX_BASE = 100;

/**
 * Reads what one chart's labels mean: prices of either convention, or percent and an index, which are prices once their
 * base is sure.
 */
export function createLabelAxis(documents: readonly Document[], now: () => number, signal: AbortSignal): LabelAxis {
  let finder = createBasePrice();
  let zero = 0;
  let decimals = 0;

  const onInput = (event: Event): void => {
    // A pointer that only hovers moves nothing.
    if (event.type !== 'pointermove' || (event as PointerEvent).buttons !== 0) finder.touch(now());
  };
  for (const document of documents)
    for (const type of INPUTS) document.addEventListener(type, onInput, { capture: true, passive: true, signal });

  return (axis, profile, isOwn) => {
    const { mode, prices, height, written, disagreementPx } = nearerReading(axis, marketPrice(profile));
    const values = written.filter((_, i) => i % 2 === 0);
    const isPercent = mode === 2;
    if (!isPercent && isInPrices(prices, values, marketPrice(profile))) return { prices, doubt: null };
    const doubt = isPercent || isInView(prices, INDEX_BASE) ? 'no-base-price' : 'scale-disagrees';
    // The last price is the chart's own only where the contract is, and none before a trade; a logarithm shows no index.
    if (!isOwn || mode === 1 || !(profile.lastPrice > 0)) return { prices, doubt };
    // What a price far below the base is shown as: -100 % or 0.
    const next = isPercent ? -INDEX_BASE : 0;
    if (next !== zero) finder = createBasePrice();
    zero = next;
    const [top, bottom] = prices.map(shareOf);
    // A label in round figures lacks its last digits here.
    for (const value of values) decimals = Math.max(decimals, String(value).split('.')[1]?.length ?? 0);
    const step = 10 ** -decimals / INDEX_BASE;
    finder.hear(profile.lastPrice, profile.asOfMs, now());
    finder.look(
      { top, perPx: (bottom - top) / (height - 1), height, roughPx: disagreementPx ?? 0 },
      values.map((value, i) => ({ share: shareOf(value), step, y: written[2 * i + 1] })),
      now(),
    );
    const base = finder.price(now());
    return base === null ? { prices, doubt } : { prices: [top * base, bottom * base], doubt: null };
  };

  function shareOf(value: number): number {
    return (value - zero) / INDEX_BASE;
  }
}
