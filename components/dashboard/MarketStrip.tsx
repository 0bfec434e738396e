import './MarketStrip.css';
import { useEffect } from 'preact/hooks';

import { useModel } from '@/components/panel/use-model';
import { Section } from '@/components/Section';
import { formatSpan, formatUsd } from '@/lib/core/format';
import { DAY_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import type { Contract, ContractId } from '@/lib/market/contract';
import { LIQUIDATION_WINDOWS_MS } from '@/lib/market/realised';

import { LiquidatedBars } from './LiquidatedBars';
import type { MarketModel } from './market-model';
import { Report } from './Report';
import { Treemap } from './Treemap';

const DAY_WINDOW = LIQUIDATION_WINDOWS_MS.indexOf(DAY_MS);

interface Props {
  readonly model: MarketModel;
  /** The market on display. */
  readonly marketId: string | null;
  /** The contracts of whose markets the report is to have maps. */
  readonly favourites: readonly ContractId[];
  readonly onChoose: (contract: Pick<Contract, 'id'>) => void;
}

/** Below the map, the whole market: every asset, and what was liquidated by time and by asset. */
export function MarketStrip({ model, marketId, favourites, onChoose }: Props) {
  const { board, report } = useModel(model);
  useEffect(() => model.watchReport(favourites), [model, favourites]);
  const ofDay = board?.total[DAY_WINDOW];
  return (
    <div class="market-strip">
      {report === null ? (
        <p class="section quiet" role="status">
          {t('report.asking')}
        </p>
      ) : (
        <Report report={report} marketId={marketId} onChoose={onChoose} />
      )}
      <div class="market-strip-side">
        {board === null || ofDay === undefined ? (
          <p class="section quiet" role="status">
            {t('own.waiting')}
          </p>
        ) : (
          <>
            <LiquidatedBars board={board} />
            <Section
              title={t('sums.byAsset', { span: formatSpan(DAY_MS) })}
              aside={formatUsd(ofDay.longUsd + ofDay.shortUsd)}
            >
              <Treemap assets={board.assets} />
            </Section>
          </>
        )}
      </div>
    </div>
  );
}
