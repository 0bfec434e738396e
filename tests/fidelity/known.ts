import { DAY_MS, floorToStep, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import { knownShare, type ObservedLayer } from '@/lib/market/observed';
import { createBookConfig, type BookConfig } from '@/lib/model/book-config';
import { configUnderMix } from '@/lib/model/next-mix';
import { observedLayer } from '@/lib/model/observed-layer';
import { mixFromPositions, openedPerHeld } from '@/lib/model/observed-mix';
import { profileFromBook } from '@/lib/model/profile-from-book';
import { createAccountPanel } from '@/lib/services/contract/account-panel';
import { foldHeld } from '@/lib/services/contract/held-book';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { createHyperliquid } from '@/lib/venues/hyperliquid';
import { parseMessage } from '@/lib/venues/hyperliquid/frames';
import type { Venue } from '@/lib/venues/venue';
import { createHyperliquidListings, type HyperliquidListing } from '@/tests/exchange/hyperliquid-listings';
import { respondHyperliquid } from '@/tests/exchange/hyperliquid-rest';
import { tradeOf } from '@/tests/exchange/hyperliquid-wire';
import { createSourceBook } from '@/tests/exchange/source-book';
import { restOnly } from '@/tests/venues/rest-only';
import { createVirtualTime, type VirtualTime } from '@/tests/venues/virtual-time';

const START_MS = 1_780_000_200_000;
const TRADERS = 1_500;
const SLOT_MS = 200;
/** The panel is looked at after so long. */
const LOOKS_MS = [10 * MINUTE_MS, 30 * MINUTE_MS];

/** The check at one moment. */
export interface Look {
  readonly minutes: number;
  readonly prior: ObservedLayer;
  /** The map under the mix that the panel shows; null while too little is known. */
  readonly observed: ObservedLayer | null;
}

/** One market: the product's own adapter, panel, fold and check, on machine time that moves as fast as it may. */
async function judgeKnown(seed: number): Promise<readonly Look[]> {
  const btc = createHyperliquidListings(createSourceBook({ startMs: START_MS, seed, traderCount: TRADERS })).get(
    'BTC',
  )!;
  const time = createVirtualTime(START_MS);
  const venue = venueOn(btc, time);
  const { signal } = new AbortController();
  const contract = unwrap(await venue.fetchContracts(signal)).find(({ symbol }) => symbol === 'BTC')!;
  const config = createBookConfig(await venue.fetchRiskTiers('BTC', signal), 'linear');
  const end = new AbortController();
  const panel = createAccountPanel({
    isSeen: () => true,
    contract,
    fetchPosition: (account) => venue.fetchPosition!('BTC', account, end.signal),
    log: createMemoryLog(() => {}),
    venueNow: time.now,
    environment: { now: time.now, setTimer: time.setTimer, log: console.error },
    onChange: () => {},
    onFailure: console.error,
    signal: end.signal,
  });
  const looks: Look[] = [];
  for (const lookMs of LOOKS_MS) {
    while (time.now() < START_MS + lookMs) {
      const slot = Math.floor(time.now() / SLOT_MS) - 1;
      const trade = tradeOf(btc, slot, slot);
      const frame = parseMessage(JSON.stringify({ channel: 'trades', data: trade === null ? [] : [trade] }));
      if (frame.kind === 'trades') for (const each of frame.trades) panel.onTrade(each);
      time.advance(SLOT_MS);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const positions = panel.positions();
    const { openInterest } = unwrap(await inTime(venue.fetchSnapshot('BTC', signal), time));
    const layerUnder = async (under: BookConfig) => {
      const { book, profile } = await mapUnder(under, venue, contract, btc, time);
      return { book, layer: observedLayer(contract, positions, profile, config)! };
    };
    const { book, layer } = await layerUnder(config);
    const evidence = { positions, openInterest: openInterest!.openInterest, throughMs: time.now() };
    const mix = mixFromPositions({ ...evidence, openedPerHeld: openedPerHeld(book) }, config);
    looks.push({
      minutes: lookMs / MINUTE_MS,
      prior: layer,
      observed: mix === null ? null : (await layerUnder(configUnderMix(config, mix))).layer,
    });
  }
  end.abort();
  return looks;
}

function venueOn(btc: HyperliquidListing, time: VirtualTime): Venue {
  const listings = new Map([['BTC', btc]]);
  return createHyperliquid(
    restOnly(time, (_url, init) => {
      const { status, body } = respondHyperliquid(init.body as string, { listings, nowMs: time.now() });
      return Promise.resolve(new Response(JSON.stringify(body), { status }));
    }),
  );
}

/** The map that a first look at the venue gives: bars as far back as it keeps them, open interest held at what it is now. */
async function mapUnder(
  config: BookConfig,
  venue: Venue,
  { symbol }: Contract,
  btc: HyperliquidListing,
  time: VirtualTime,
) {
  const { signal } = new AbortController();
  const endMs = floorToStep(time.now(), BAR_MS);
  const startMs = floorToStep(endMs - 17 * DAY_MS, HOUR_MS);
  const read = async (fromMs: number, toMs: number, stepMs: number): Promise<Bar[]> => {
    const bars: Bar[] = [];
    for (let atMs = fromMs; atMs < toMs; atMs += venue.barsPerPage * stepMs)
      bars.push(
        ...unwrap(
          await inTime(
            venue[stepMs === BAR_MS ? 'fetchBars' : 'fetchHourlyBars'](symbol, { startMs: atMs, endMs: toMs }, signal),
            time,
          ),
        ),
      );
    return bars;
  };
  const older = await read(startMs - 14 * DAY_MS, startMs, HOUR_MS);
  const bars = await read(startMs, endMs, BAR_MS);
  const nowMs = time.now();
  const held = foldHeld(config, null, older, bars, btc.source().openInterest(nowMs));
  const markPrice = btc.source().mark(nowMs);
  const { book } = held!;
  return { book, profile: profileFromBook(book, { markPrice, lastPrice: markPrice, asOfMs: nowMs }) };
}

/** Lets machine time pass until the limiter has let the request through. */
async function inTime<T>(request: Promise<T>, time: VirtualTime): Promise<T> {
  for (let turn = 0; ; turn++) {
    const answer = await Promise.race([request, new Promise<null>((resolve) => setImmediate(resolve, null))]);
    if (answer !== null) return answer;
    if (turn > 20) time.advance(SLOT_MS);
  }
}

function unwrap<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The map of Hyperliquid against what its accounts hold, in the replay exchange's market of each seed. */
export async function judgeKnownSeeds(count: number): Promise<readonly (readonly Look[])[]> {
  const markets: (readonly Look[])[] = [];
  for (let seed = 1; seed <= count; seed++) markets.push(await judgeKnown(seed));
  return markets;
}

/** A line a look, means over the seeds with the worst and the best. */
export function formatKnown(markets: readonly (readonly Look[])[]): string {
  return LOOKS_MS.map((_, nth) => {
    const looks = markets.map((each) => each[nth]);
    const told = (name: string, layers: readonly (ObservedLayer | null)[]): string => {
      const checks = layers.flatMap((layer) => layer?.check ?? []);
      if (checks.length === 0) return `  ${name.padEnd(14)} nothing to compare`;
      const r2s = checks.map(({ r2 }) => r2);
      const range = `(${Math.min(...r2s).toFixed(3)} to ${Math.max(...r2s).toFixed(3)})`;
      const distance = (100 * mean(checks.map((check) => check.distance))).toFixed(3);
      return `  ${name.padEnd(14)} R2 ${mean(r2s).toFixed(3)} ${range}, distance ${distance} %, ${checks.length} markets`;
    };
    const shares = looks.map(({ prior }) => knownShare(prior));
    const evens = looks.flatMap(({ prior }) => prior.check ?? []);
    return [
      `after ${looks[0].minutes} min: ${mean(looks.map(({ prior }) => prior.accounts)).toFixed(0)} accounts, ${(100 * mean(shares)).toFixed(0)} % of open interest`,
      told(
        'prior',
        looks.map(({ prior }) => prior),
      ),
      told(
        'observed mix',
        looks.map(({ observed }) => observed),
      ),
      `  evenly spread  R2 ${mean(evens.map(({ evenR2 }) => evenR2)).toFixed(3)}, distance ${(100 * mean(evens.map(({ evenDistance }) => evenDistance))).toFixed(3)} %`,
    ].join('\n');
  }).join('\n');
}
