import { afterAll, beforeAll, expect, it } from 'vitest';

import { waitForBand } from './chart';
import { openPopup } from './popup';
import { startStage, type Stage } from './stage';

/** The market behind gold is closed, by the exchange's own schedule and by any calendar. */
const SATURDAY_MS = Date.UTC(2026, 10, 28, 12, 2);

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ exchange: { startMs: SATURDAY_MS } });
});
afterAll(() => stage?.close());

it.each([
  ['TVC:GOLD', 'TVC XAUUSD'],
  ['OANDA:XAUUSD', 'OANDA XAUUSD'],
  ['BINANCE:XAUUSDT.P', ''],
])('shows gold on %s, named as what it stands in for', async (symbol, proxyFor) => {
  const page = await stage.openChart('tradingview', { symbol });
  const { contract, proxy } = await waitForBand(page, 'ready');
  expect(contract).toContain('XAU');
  expect(proxy).toBe(proxyFor);
  await page.close();
});

it('says until when the market behind gold is closed, by the venue’s own schedule', async () => {
  await waitForBand(await stage.openChart('tradingview', { symbol: 'BINANCE:XAUUSDT.P' }), 'ready');
  const popup = await openPopup(stage.browser);
  const notice = popup.locator('.notice', { hasText: 'The market behind it is closed' });
  await notice.getByText('It opens Nov 29, 2026, 22:00 UTC.').waitFor({ timeout: 300_000 });
  expect(await notice.textContent()).not.toContain('usual week');
});
