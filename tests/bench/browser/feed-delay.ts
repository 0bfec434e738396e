import { chartFrame, waitForBand } from '@/tests/e2e/chart';
import type { Stage } from '@/tests/e2e/stage';

import { type BenchRow, quantile } from '../bench';

const FRAMES = 40;
/** Longer than the pause between two pushed profiles. */
const BETWEEN_MS = 300;

declare global {
  interface Window {
    __drawnMs?: number[];
  }
}

/** From the exchange's sending a mark price, a trade and a bar to the painted frame that shows them. */
export async function feedDelay(stage: Stage): Promise<BenchRow> {
  const page = await stage.openChart('tradingview');
  await chartFrame(page);
  await waitForBand(page, 'ready');
  await page.evaluate(watchDrawingHere);
  const { clock } = stage.exchange;
  clock.pause();
  await page.waitForTimeout(BETWEEN_MS);
  const delays: number[] = [];
  for (let i = 0; i < FRAMES; i++) {
    const sentMs = Date.now();
    clock.step(1_000);
    await page.waitForTimeout(BETWEEN_MS);
    const drawn = await page.evaluate(() => window.__drawnMs ?? []);
    const first = drawn.find((ms) => ms >= sentMs);
    // One that was not drawn in time counts as late as it can be known to be.
    delays.push(first === undefined ? BETWEEN_MS : first - sentMs);
  }
  clock.resume();
  await page.close();
  return {
    name: 'wire frame in to pixels changed',
    unit: 'ms',
    median: quantile(delays, 0.5),
    p99: quantile(delays, 0.95),
    budget: 150,
    budgetOn: 'p95',
    ratio: null,
    note: `${FRAMES} frames of a paused market, socket to painted frame, folding and port included`,
  };
}

/** Runs in the page: notes when a frame with newer data has been painted. */
function watchDrawingHere(): void {
  const drawn: number[] = (window.__drawnMs = []);
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => drawn.push(performance.timeOrigin + performance.now()));
  port1.start();
  const observer = new MutationObserver(() => port2.postMessage(null));
  const band = document.querySelector('liqband-band');
  if (band !== null) observer.observe(band, { attributes: true, attributeFilter: ['data-as-of'] });
}
