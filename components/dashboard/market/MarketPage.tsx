import { useModel } from '@/components/panel/use-model';

import { LiquidatedTotals } from './LiquidatedTotals';
import { MarketStrip, type MarketProps } from './MarketStrip';
import { Tape } from './Tape';

/** The whole market: what was liquidated, every asset at a glance, and the tape. */
export function MarketPage(props: MarketProps) {
  const { model } = props;
  const { board } = useModel(model);
  return (
    <div class="page">
      {board !== null && <LiquidatedTotals board={board} />}
      <MarketStrip {...props}>
        <Tape model={model} />
      </MarketStrip>
    </div>
  );
}
