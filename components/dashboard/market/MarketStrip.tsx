import './MarketStrip.css';
import type { ComponentChildren } from 'preact';

import { useModel } from '@/components/panel/use-model';
import { t } from '@/lib/i18n/words';
import type { Contract, ContractId } from '@/lib/market/contract';

import { LiquidatedBars } from './LiquidatedBars';
import type { MarketModel } from './market-model';
import { Report } from './Report';
import { Treemap } from './Treemap';
import { useReport } from './use-report';

export interface MarketProps {
  readonly model: MarketModel;
  /** The market on display. */
  readonly marketId: string | null;
  /** The contracts of whose markets the report is to have maps. */
  readonly favourites: readonly ContractId[];
  readonly onChoose: (contract: Pick<Contract, 'id'>) => void;
  /** Below what was liquidated. */
  readonly children?: ComponentChildren;
}

/** Every asset, and what was liquidated by time and by asset. */
export function MarketStrip({ model, marketId, favourites, onChoose, children }: MarketProps) {
  const { board, report } = useModel(model);
  const mapped = useReport(model, favourites);
  return (
    <div class="market-strip">
      {report === null ? (
        <p class="section quiet" role="status">
          {t('report.asking')}
        </p>
      ) : (
        <Report report={report} board={board} marketId={marketId} {...mapped} onChoose={onChoose} />
      )}
      <div class="market-side">
        {board === null ? (
          <p class="section quiet" role="status">
            {t('own.waiting')}
          </p>
        ) : (
          <>
            <LiquidatedBars board={board} />
            <Treemap board={board} />
          </>
        )}
        {children}
      </div>
    </div>
  );
}
