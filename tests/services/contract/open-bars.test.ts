import { expect, it } from 'vitest';

import { floorToStep, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { createFakeVenue } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);

it('figures come with the bar that is still open', async () => {
  const fake = createFakeVenue(NOW_MS);
  const s = createHubStage(
    [fake],
    createMemoryLog(() => {}),
  );
  const popup = s.watch('binance', 'BTCUSDT', 'summary');
  await s.pass(5 * SECOND_MS);
  const { openBars, asOfMs } = popup.of('summary').at(-1)!.summary;
  expect(openBars.at(-1)?.openTimeMs).toBe(floorToStep(asOfMs, BAR_MS));
});
