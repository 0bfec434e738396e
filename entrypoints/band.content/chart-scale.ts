import { formulaDistancePx, priceScaleFromSamples, SCALE_MODES, type PriceScale } from '@/lib/chart/price-scale';
import { parseScaleMessage, type ScaleMessage } from '@/lib/messaging/page';
import type { BandFacts } from '@/lib/render/band-state';
import { findBandStyles, type LabelAxis } from '@/lib/render/band-styles';

import type { ChartMarket } from './chart-market';

/** The price scale of one chart, as it was told last and as the market shows it to be meant. */
export interface ChartScale {
  message: ScaleMessage | null;
  /** Null where the message describes none. */
  scale: (PriceScale & NonNullable<BandFacts['scale']>) | null;
  /** Takes the text of a scale event. False where a chart at rest repeats itself. */
  take(text: string): boolean;
  /** Reads what was told, labels as the market shows them to be meant. */
  read(chart: ChartMarket): void;
}

export function createChartScale(documents: readonly Document[], now: () => number): ChartScale {
  let told = '';
  let labelAxis: LabelAxis | null = null;
  let axisLife: AbortSignal | null = null;

  const read = ({ market: { sums, resolution }, life }: ChartMarket): ChartScale['scale'] => {
    if (axisLife !== life) labelAxis = null;
    axisLife = life;
    const { message } = axis;
    if (message?.state !== 'ready') return null;
    const { source, height, mode, range } = message;
    const [from, to] = range;
    let { prices, disagreementPx } = message;
    let doubt: NonNullable<ChartScale['scale']>['doubt'] = null;
    if (source === 'labels' && sums !== null) {
      labelAxis ??= findBandStyles()?.createLabelAxis(documents, now, life) ?? null;
      if (labelAxis === null) return null;
      const isOwn = resolution?.ok === true && resolution.proxyFor === null;
      ({ prices, doubt } = labelAxis(message, sums.profile, isOwn));
    }
    const scale = priceScaleFromSamples(prices, height, SCALE_MODES[mode]);
    if (range.length > 0) disagreementPx = formulaDistancePx(prices, { from, to, height }, SCALE_MODES[mode]);
    return scale && { ...scale, disagreementPx, doubt };
  };

  const axis: ChartScale = {
    message: null,
    scale: null,
    take(text) {
      const isNew = text !== told;
      if (isNew) axis.message = parseScaleMessage((told = text));
      return isNew;
    },
    read: (chart) => void (axis.scale = read(chart)),
  };
  return axis;
}
