import { BAR_MS } from '@/lib/market/bar';
import { contractId, type ContractId } from '@/lib/market/contract';
import type { PaneHistory, PaneRequest } from '@/lib/market/pane-history';
import type { TableUse } from '@/lib/store/log/table-use';
import type { ExtensionBrowser } from '@/scripts/browser';
import type { Exchange } from '@/tests/exchange';
import { bundleScript } from '@/tests/pages/bundle-script';

import { until } from './chart';
import type { Recorded } from './extension-page/append-tape';
import type { MarketReading } from './extension-page/next-market';
import type { PlainProfile } from './extension-page/next-profile';
import type { StoreReport } from './extension-page/store-report';
import type { StoredReading } from './extension-page/stored-reading';
import type { StoredSums } from './extension-page/stored-sums';
import type { StoredTrade } from './extension-page/stored-trade';
import type { ScoreRows } from './score-rows';

export const BTCUSDT = contractId('binance', 'BTCUSDT');

/** A month of as-of columns is made slice by slice, in the shadow of everything else that runs. */
const FILL_PATIENCE_MS = 500_000;

/** What is in the extension's database right now; read from a page of the extension that runs none of its code. */
export const readStore = (browser: ExtensionBrowser, contract: ContractId = BTCUSDT): Promise<StoreReport> =>
  callInExtension(browser, 'store-report', 'storeReport', contract);

/** The map that the background pushes right now. */
export const readProfile = (browser: ExtensionBrowser, contract: ContractId = BTCUSDT): Promise<PlainProfile> =>
  callInExtension(browser, 'next-profile', 'nextProfile', contract);

/** The figures that the background pushes right now, with the map they belong to. */
export const readMarket = (browser: ExtensionBrowser, contract: ContractId = BTCUSDT): Promise<MarketReading> =>
  callInExtension(browser, 'next-market', 'nextMarket', contract);

/** What the background tells a full pane that asks for this. */
export const readHistory = (
  browser: ExtensionBrowser,
  request: PaneRequest,
  contract: ContractId = BTCUSDT,
): Promise<readonly PaneHistory[]> => callInExtension(browser, 'read-history', 'readHistory', contract, request);

/** What the database holds of a contract's columns and liquidations in a stretch. */
export const readStoredSums = (browser: ExtensionBrowser, contract: ContractId, fromMs: number, toMs: number) =>
  callInExtension<StoredSums>(browser, 'stored-sums', 'storedSums', contract, fromMs, toMs);

/** What the database holds of a contract's bars and liquidations since a moment. */
export const readTrade = (browser: ExtensionBrowser, contract: ContractId, fromMs: number) =>
  callInExtension<StoredTrade>(browser, 'stored-trade', 'storedTrade', contract, fromMs);

/** What the stored columns of a moment say of a price, of all contracts that the map adds up. */
export const readStoredPrice = (browser: ExtensionBrowser, timeMs: number, price: number) =>
  callInExtension<StoredReading | null>(browser, 'stored-reading', 'storedReading', timeMs, price);

/** How many rows the database holds of everything. */
export const readUses = (browser: ExtensionBrowser) => callInExtension<TableUse[]>(browser, 'table-uses', 'tableUses');

/** Stores scores of a time in which nobody watched; before the contract is. */
export const appendScores = (browser: ExtensionBrowser, rows: ScoreRows) =>
  callInExtension<number>(browser, 'append-scores', 'appendScores', BTCUSDT, rows);

/** Stores liquidations of a time in which nobody watched; before the background reads them. */
export const appendTape = (browser: ExtensionBrowser, recorded: readonly Recorded[]) =>
  callInExtension<number>(browser, 'append-tape', 'appendTape', recorded);

async function callInExtension<Result>(
  browser: ExtensionBrowser,
  file: string,
  name: string,
  ...args: readonly unknown[]
): Promise<Result> {
  const script = await bundleScript(`tests/e2e/extension-page/${file}.ts`, 'page');
  const page = await browser.openExtensionPage('manifest.json');
  try {
    return await page.evaluate<Result>(`(() => { ${script}; return page.${name}(...${JSON.stringify(args)}); })()`);
  } finally {
    await page.close();
  }
}

/** Resolves once the history's start is decided: something of it is stored. */
export const hasBegun = (browser: ExtensionBrowser): Promise<true> =>
  until(async () => ((await readStore(browser)).barTimesMs.length > 0 ? true : null), 'a history that has begun');

/** The same once every bar that has closed is stored with its open interest and as-of column; the exchange's clock stands still. */
export function readWholeStore(browser: ExtensionBrowser, exchange: Exchange): Promise<StoreReport> {
  let lack = '';
  return until(
    async () => {
      const report = await readStore(browser);
      const boundaryMs = Math.floor(exchange.clock.now() / BAR_MS) * BAR_MS;
      const lateBarsMs = boundaryMs - BAR_MS - (report.barTimesMs.at(-1) ?? NaN);
      const latePointsMs = boundaryMs - (report.pointTimesMs.at(-1) ?? NaN);
      const wanted = report.barTimesMs.filter((timeMs) => (timeMs + BAR_MS) % (3 * BAR_MS) === 0).length;
      lack = `bars ${lateBarsMs} ms and points ${latePointsMs} ms late, ${report.columnCount} of ${wanted} columns`;
      return lateBarsMs === 0 && latePointsMs === 0 && report.columnCount === wanted ? report : null;
    },
    'a whole log',
    FILL_PATIENCE_MS,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${lack}`, { cause: error });
  });
}

/** Bars that are missing between the first and the last, and bars that are there twice. */
export function barFaults({ barTimesMs }: StoreReport): { missing: number; doubled: number } {
  const distinct = new Set(barTimesMs).size;
  const expected = (barTimesMs[barTimesMs.length - 1] - barTimesMs[0]) / BAR_MS + 1;
  return { missing: expected - distinct, doubled: barTimesMs.length - distinct };
}
