import type { Result } from '@/lib/core/result';
import { floorToStep, HOUR_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { VenueId } from '@/lib/market/contract';
import { VENUES } from '@/lib/venues';
import type { StreamHandlers, Venue, VenueError } from '@/lib/venues/venue';
import { createRandom, mixSeeds, type Random, seedFromText } from '@/tests/market/synthetic-random';

import { createFakeWire, type FakeWire } from './fake-wire';
import * as laws from './laws';
import { mutate, pick } from './mutate';
import { seedsOf, type Seeds } from './seeds';

/** Cases after which a venue is made anew, as a worker of the browser would be. */
const CASES_PER_LIFE = 2_000;
/** Of all cases; the others are frames. */
const REQUEST_SHARE = 0.2;
const STATUSES = [200, 200, 200, 200, 200, 200, 400, 403, 418, 429, 451, 500];
/** What the user or the log is told must not grow with what came. */
const LONGEST_DETAIL = 600;

export interface FuzzResult {
  readonly cases: number;
  /** Cases in which something was read, as against refused: without them nothing was tested. */
  readonly read: number;
  readonly failures: readonly string[];
}

/** Drives a whole venue, requests and stream, with what it may be sent; the same seed gives the same cases. */
export async function fuzzVenue(id: VenueId, cases: number, seed: number): Promise<FuzzResult> {
  const seeds = seedsOf(id);
  const failures: string[] = [];
  const onRejection = (reason: unknown): void => void failures.push(`${id}: unhandled ${String(reason)}`);
  process.on('unhandledRejection', onRejection);
  let read = 0;
  for (let first = 0; first < cases; first += CASES_PER_LIFE) {
    const random = createRandom(mixSeeds(seed, seedFromText(id), first));
    const count = Math.min(CASES_PER_LIFE, cases - first);
    const life = await startLife(id, seeds, (what) => {
      if (failures.length < 20) failures.push(`${id}, seed ${seed}, from case ${first}: ${what}`);
    });
    for (let nth = 0; nth < count; nth++) await life.runCase(random);
    life.close();
    read += life.readCount();
  }
  process.off('unhandledRejection', onRejection);
  return { cases, read, failures };
}

async function startLife(id: VenueId, seeds: Seeds, fail: (what: string) => void) {
  const wire = createFakeWire();
  const venue = VENUES[id](wire.environment);
  const { signal } = new AbortController();
  let read = 0;
  let input = '';

  const guard = (check: () => void): void => {
    read += 1;
    try {
      check();
    } catch (error) {
      fail(`${String(error)} from ${input.slice(0, 400)}`);
    }
  };
  const handlers: StreamHandlers = {
    onTrade: (_, trade) => guard(() => laws.lawOfTrade(trade)),
    onMark: (_, mark) => guard(() => laws.lawOfMark(mark)),
    onBar: (_, bar) => guard(() => laws.lawOfBar(bar)),
    onLiquidation: (_, liquidation) => guard(() => laws.lawOfLiquidation(liquidation)),
    onLiquidationsRefused: () => {},
    onLiquidationsAccepted: () => {},
    onTiersChanged: () => {},
    onReconnect: () => {},
    onHealth: () => {},
  };
  const valid = (url: URL): Response => new Response(seeds.answersTo(url.pathname)[0]);
  wire.answer(valid);
  await venue.fetchContracts(signal);
  const stream = venue.openStream(handlers);
  stream.follow(seeds.symbols);
  stream.followLiquidations(seeds.symbols);
  await settle();
  wire.openSockets();
  wire.time.advance(SECOND_MS);

  const request = async (random: Random): Promise<void> => {
    let inputs = '';
    wire.answer((url) => {
      const text = mutate(random, pick(random, seeds.answersTo(url.pathname)));
      inputs += `${url.pathname} ${text}\n`;
      return new Response(text, {
        status: pick(random, STATUSES),
        headers: { 'retry-after': pick(random, ['1', '-1', 'x', '1e99', '']) },
      });
    });
    const ask = pick(random, REQUESTS);
    const symbol = pick(random, seeds.symbols);
    const asked = ask(venue, symbol, guard, wire).then(
      () => 'done',
      (error: unknown) => {
        fail(`threw ${String(error)} from ${inputs.slice(0, 400)}`);
        return 'done';
      },
    );
    for (let waits = 0; (await Promise.race([asked, settle()])) !== 'done'; waits++) {
      input = inputs;
      if (waits > 3) wire.time.advance(SECOND_MS);
      if (waits < 300) continue;
      fail(`never settled: ${inputs.slice(0, 400)}`);
      break;
    }
    venue.retry();
  };

  return {
    async runCase(random: Random): Promise<void> {
      if (random.next() < REQUEST_SHARE) await request(random);
      else {
        input = mutate(random, pick(random, seeds.frames));
        try {
          wire.push(input);
        } catch (error) {
          fail(`threw ${String(error)} from ${input.slice(0, 400)}`);
        }
      }
      for (const { detail } of venue.health().streams) {
        if (detail.length > LONGEST_DETAIL) fail(`a detail of ${detail.length} letters`);
      }
      if (wire.time.timerCount() > 50) fail(`${wire.time.timerCount()} timers`);
      for (const key in {}) fail(`every object now has ${key}`);
      wire.time.advance(50);
      wire.openSockets();
    },
    readCount: () => read,
    close: () => stream.close(),
  };
}

type Guard = (check: () => void) => void;
type Ask = (venue: Venue, symbol: string, guard: Guard, wire: FakeWire) => Promise<void>;

const { signal } = new AbortController();

const each =
  <T>(
    fetch: (venue: Venue, symbol: string, wire: FakeWire) => Promise<Result<readonly T[], VenueError>> | null,
    law: (item: T) => void,
  ): Ask =>
  async (venue, symbol, guard, wire) => {
    const result = await fetch(venue, symbol, wire);
    if (result?.ok === true) for (const item of result.value) guard(() => law(item));
  };

/** Around what the fixtures tell of. */
const FIXTURES_MS = 1_767_225_600_000;
const SPAN = { startMs: FIXTURES_MS - 6 * HOUR_MS, endMs: FIXTURES_MS + 2 * HOUR_MS };

const REQUESTS: readonly Ask[] = [
  each((venue) => venue.fetchContracts(signal), laws.lawOfContract),
  each((venue) => venue.fetchTickers(signal), laws.lawOfTicker),
  each((venue, symbol) => venue.fetchBars(symbol, SPAN, signal), laws.lawOfBar),
  each((venue, symbol) => venue.fetchHourlyBars(symbol, SPAN, signal), laws.lawOfBar),
  each((venue, symbol) => venue.fetchOpenInterest(symbol, SPAN, signal), laws.lawOfPoint),
  each((venue, symbol) => venue.fetchLiquidations?.(symbol, SPAN, signal) ?? null, laws.lawOfLiquidation),
  each((venue, symbol) => venue.fetchLiquidationTotals?.(symbol, SPAN, signal) ?? null, laws.lawOfTotal),
  async (venue, symbol, guard) => {
    const tiers = await venue.fetchRiskTiers(symbol, signal);
    guard(() => laws.lawOfTiers(tiers));
  },
  async (venue, symbol, guard) => {
    const result = await venue.fetchSnapshot(symbol, signal);
    if (result.ok) guard(() => laws.lawOfSnapshot(result.value));
  },
  async (venue, symbol, guard) => {
    const result = await venue.fetchLongShortRatio(symbol, signal);
    if (result.ok && result.value !== null)
      guard(() => laws.lawOfPoint({ timeMs: 0, openInterest: result.value ?? 0 }));
  },
  async (venue, symbol, guard, wire) => {
    const endMs = floorToStep(wire.time.now(), BAR_MS);
    const range = { startMs: endMs - 40 * BAR_MS, endMs };
    const result = await venue.fetchBars(symbol, range, signal);
    if (result.ok)
      guard(() =>
        laws.lawOfPage(
          result.value.map(({ openTimeMs }) => openTimeMs),
          range,
        ),
      );
  },
  async (venue, _symbol, guard) => {
    const result = await venue.fetchTradingSchedule?.(signal);
    if (result?.ok === true)
      for (const sessions of Object.values(result.value)) guard(() => laws.lawOfSessions(sessions));
  },
  async (venue) => void (await venue.fetchTime(signal)),
];

/** Lets promises run until nothing more happens by itself. */
const settle = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve, 'settled'));
