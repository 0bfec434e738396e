import { afterAll, beforeAll, expect, it } from 'vitest';

import { chartFrame, settledScaleError, waitForBand } from './chart';
import { startStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ venues: ['binance'] });
});
afterAll(() => stage?.close());

it.each([
  { frame: 'written', build: '2020' },
  { frame: 'written-late', build: '31' },
  { frame: 'html', build: '28' },
])('reads the chart of a $frame frame by the API of $build', async (query) => {
  const page = await stage.openChart('binance', query);
  const frame = await chartFrame(page);
  await waitForBand(page, 'ready');
  expect(await settledScaleError(frame)).toBeLessThanOrEqual(0.5);
  await page.close();
});
