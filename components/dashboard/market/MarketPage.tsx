import { useEffect } from 'preact/hooks';

import { useModel } from '@/components/panel/use-model';
import { t } from '@/lib/i18n/words';
import type { Contract, ContractId } from '@/lib/market/contract';

import { LiquidatedBars } from './LiquidatedBars';
import { LiquidatedTotals } from './LiquidatedTotals';
import type { MarketModel } from './market-model';
import { Report } from './Report';
import { Treemap } from './Treemap';
import { useReport } from './use-report';

/** The page shows sums and the largest, no tape: the fewer single ones are told the better. */
const LEAST_USD = 1e6;

interface Props {
  readonly model: MarketModel;
  /** The market on display. */
  readonly marketId: string | null;
  /** The contracts of whose markets the report is to have maps. */
  readonly favourites: readonly ContractId[];
  readonly onChoose: (contract: Pick<Contract, 'id'>) => void;
}

/** The whole market: what was liquidated, and every asset at a glance. */
export function MarketPage({ model, marketId, favourites, onChoose }: Props) {
  const { board, report } = useModel(model);
  useEffect(() => model.watchLiquidations(LEAST_USD), [model]);
  const mapped = useReport(model, favourites);
  return (
    <div class="page">
      {board === null ? (
        <p class="section quiet" role="status">
          {t('own.waiting')}
        </p>
      ) : (
        <LiquidatedTotals board={board} />
      )}
      <div class="page-columns">
        {report === null ? (
          <p class="section quiet" role="status">
            {t('report.asking')}
          </p>
        ) : (
          <Report report={report} board={board} marketId={marketId} {...mapped} onChoose={onChoose} />
        )}
        {board !== null && (
          <div class="market-side">
            <LiquidatedBars board={board} />
            <Treemap board={board} />
          </div>
        )}
      </div>
    </div>
  );
}
