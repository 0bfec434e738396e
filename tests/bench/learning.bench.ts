import { createLearning, learnLeverageMix, observeBar } from '@/lib/model/leverage-learning';
import { createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';
import { usdInterval } from '@/lib/model/uncertainty';
import { tradeTruthMarket } from '@/tests/fidelity/truth-market';

import { quantile, type Bench } from './bench';

const DAYS = 30;
const WARM_UP = 5;
const RUNS = 40;
const DISTANCES = [0.01, 0.02, 0.05, 0.1];

/** A new mix from the log: 30 days folded, their liquidations observed, the mix learned and the totals' intervals read. */
export const run: Bench = async () => {
  const { market, config, bars, liquidations } = tradeTruthMarket('plain', 1, DAYS);
  const mark = bars[bars.length - 1].markClose;
  let eventCount = 0;
  const relearn = (): void => {
    const book = createPositionBook(config);
    seedPositionBook(book, [], market.initialOpenInterest);
    const state = createLearning(config);
    bars.forEach((bar, i) => {
      foldBar(book, bar);
      observeBar(state, book, liquidations[i]);
    });
    const mix = learnLeverageMix(state, config.classes);
    for (const distance of DISTANCES) {
      usdInterval(book, mix, 'long', mark, mark * (1 - distance));
      usdInterval(book, mix, 'short', mark, mark * (1 + distance));
    }
    eventCount = mix.eventCount;
  };
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + RUNS; i++) {
    const start = performance.now();
    relearn();
    if (i >= WARM_UP) times.push(performance.now() - start);
  }
  return [
    {
      name: 'fold, learning and intervals',
      unit: 'ms',
      median: quantile(times, 0.5),
      p99: quantile(times, 0.99),
      budget: 40,
      budgetOn: 'median',
      ratio: null,
      note: `${bars.length} bars, ${eventCount} liquidations, synthetic market`,
    },
  ];
};
