import { afterAll, beforeAll, expect, it } from 'vitest';

import { waitForBand } from './chart';
import { startStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.close());

it.each([
  ['TVC:GOLD', 'TVC XAUUSD spot'],
  ['OANDA:XAUUSD', 'OANDA XAUUSD spot'],
  ['BINANCE:XAUUSDT.P', ''],
])('shows gold on %s, named as what it stands in for', async (symbol, proxyFor) => {
  const page = await stage.openChart('tradingview', { symbol });
  const { contract, proxy } = await waitForBand(page, 'ready');
  expect(contract).toContain('XAU');
  expect(proxy).toBe(proxyFor);
  await page.close();
});
