import { formulaDistancePx, priceScaleFromSamples, SCALE_MODES, type PriceScale } from '@/lib/chart/price-scale';
import type { ScaleMessage } from '@/lib/messaging/page';
import type { BandFacts } from '@/lib/render/band-state';
import type { LabelAxis } from '@/lib/render/band-styles';

import type { Market } from './market';

export interface ScaleReading {
  readonly scale: PriceScale;
  readonly facts: NonNullable<BandFacts['scale']>;
}

/** The scale that a message describes, labels as the market shows them to be meant; null where it describes none. */
export function readingOf(
  message: ScaleMessage | null,
  { sums, resolution }: Market,
  labelAxis: () => LabelAxis | null,
): ScaleReading | null {
  if (message?.state !== 'ready') return null;
  const { source, height, mode, range, disagreementPx } = message;
  const [from, to] = range;
  const isOwn = resolution?.ok === true && resolution.proxyFor === null;
  const read = source === 'labels' && sums !== null ? labelAxis()?.(message, sums.profile, isOwn) : null;
  const { prices, doubt } = read ?? { ...message, doubt: null };
  const scale = read === undefined ? null : priceScaleFromSamples(prices, height, SCALE_MODES[mode]);
  if (scale === null) return null;
  const { topPrice, bottomPrice } = scale;
  const formulaPx = (): number => formulaDistancePx(prices, { from, to, height }, SCALE_MODES[mode]);
  return {
    scale,
    facts: { topPrice, bottomPrice, disagreementPx: range.length > 0 ? formulaPx() : disagreementPx, doubt },
  };
}
