import { useEffect } from 'preact/hooks';

import { useModel } from '@/components/panel/use-model';

import { LiquidatedTotals } from './LiquidatedTotals';
import { MarketStrip, type MarketProps } from './MarketStrip';

/** The page shows sums and the largest, no tape: the fewer single ones are told the better. */
const LEAST_USD = 1e6;

/** The whole market: what was liquidated, and every asset at a glance. */
export function MarketPage(props: MarketProps) {
  const { model } = props;
  const { board } = useModel(model);
  useEffect(() => model.watchLiquidations(LEAST_USD), [model]);
  return (
    <div class="page">
      {board !== null && <LiquidatedTotals board={board} />}
      <MarketStrip {...props} />
    </div>
  );
}
