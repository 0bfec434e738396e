import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { until, waitForBand } from './chart';
import { openPopup, venueRows, type VenueRow } from './popup';
import { startStage, type Stage } from './stage';

let stage: Stage;
let chart: Page;
let popup: Page;

beforeAll(async () => {
  stage = await startStage();
  chart = await stage.openChart('tradingview');
  await waitForBand(chart, 'ready');
  popup = await openPopup(stage.browser);
});
afterAll(() => stage?.close());

it('explore', async () => {
  for (let i = 0; i < 12; i++) {
    await new Promise((r) => setTimeout(r, 2500));
    console.log(i, JSON.stringify(await venueRows(popup)));
  }
  console.log(await popup.innerText('body'));
  const byVenue = Object.groupBy(stage.exchange.requests, (r) => r.venue);
  for (const [v, rs] of Object.entries(byVenue)) {
    const counts: Record<string, number> = {};
    for (const r of rs!) counts[`${r.path} ${r.status}`] = (counts[`${r.path} ${r.status}`] ?? 0) + 1;
    console.log(v, rs!.length, JSON.stringify(counts));
  }
  console.log(stage.exchange.subscriptions().length, stage.exchange.openSockets());
  await chart.screenshot({ path: '/tmp/market/chart.png' });
  await popup.screenshot({ path: '/tmp/market/popup.png', fullPage: true });
});
