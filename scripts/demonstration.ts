import { floorToStep, HOUR_MS } from '@/lib/core/time';
import { contractId, type ContractId, type VenueId } from '@/lib/market/contract';
import { VENUE_FACTS } from '@/lib/market/venue-facts';
import { appendTape } from '@/tests/e2e/extension';
import type { Recorded } from '@/tests/e2e/extension-page/append-tape';
import { type Stage, startStage, type StageOptions } from '@/tests/e2e/stage';
import type { Exchange } from '@/tests/exchange';

/** A little more than the longest window. */
const RECORDED_HOURS = 7 * 24 + 2;
/** Stored at once. */
const PIECE_HOURS = 24;
/** One of every kind; the markets of these are followed for the report's columns of the map. */
const FAVOURITES = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'XAUUSDT', 'XAGUSDT', 'WTIUSDT'];

/** A stage with a full market, as if the browser had been on for a week: its liquidations recorded, favourites chosen. */
export async function startDemonstration(options: StageOptions): Promise<Stage> {
  const stage = await startStage({ ...options, exchange: { ...options.exchange, isFull: true } });
  const { browser, exchange } = stage;
  const page = await browser.openExtensionPage('manifest.json');
  const favourites: ContractId[] = FAVOURITES.map((symbol) => contractId('binance', symbol));
  await page.evaluate(`chrome.storage.local.set(${JSON.stringify({ favourites })})`);
  await page.close();
  const nowMs = exchange.clock.now();
  const startMs = floorToStep(nowMs, HOUR_MS) - RECORDED_HOURS * HOUR_MS;
  for (let fromMs = startMs; fromMs < nowMs; fromMs += PIECE_HOURS * HOUR_MS) {
    const hours = Array.from({ length: PIECE_HOURS }, (_, i) => fromMs + i * HOUR_MS).filter((hour) => hour < nowMs);
    await appendTape(
      browser,
      hours.flatMap((hour) => recordedIn(exchange, hour, Math.min(nowMs, hour + HOUR_MS))),
    );
  }
  // Reads back what is stored by now when it starts again.
  await browser.killServiceWorker();
  return stage;
}

/** What the venues' streams would have told of [fromMs, toMs). */
function recordedIn(exchange: Exchange, fromMs: number, toMs: number): Recorded[] {
  const venueIds = Object.keys(VENUE_FACTS) as VenueId[];
  return venueIds.flatMap((venueId) => {
    const feed = VENUE_FACTS[venueId].liquidationFeed;
    if (feed === 'none') return [];
    const bySymbol = [...exchange.venue(venueId).listings].map(
      ([symbol, listing]) =>
        [symbol, listing.source().liquidations(fromMs, toMs, feed === 'sampled' ? 'sampled' : 'full')] as const,
    );
    return { venueId, span: { fromMs, toMs }, bySymbol };
  });
}
