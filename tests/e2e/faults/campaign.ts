import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { ContractId, VenueId } from '@/lib/market/contract';
import type { VenueClock } from '@/tests/exchange/clock';
import { createRandom, type Random } from '@/tests/market/synthetic-random';

import { until, waitForBand } from '../chart';
import type { LogRows } from '../extension-page/log-rows';
import { compareLogs, type Comparison } from './compare-logs';
import { askFaultFree } from './fault-free';
import { NETWORK_FAULT_NAMES, networkFault } from './network-faults';
import type { Rig } from './rig';
import { ageDatabase, breakDisk, damageRows, mendDisk } from './store-faults';

export interface CampaignDay {
  readonly seed: number;
  /** Into which the day is cut, each with some faults of its own. */
  readonly rounds: number;
  /** A day where it is not stated. */
  readonly lengthMs?: number;
}

/** How the venues' time runs between the leaps: a five-minute bar takes a second and a half. */
const SPEED = 20;
/** After half a minute, hurried, a stream without data counts as silent; one that is dumb for less cannot be told from a calm one. */
const SILENCE_MS = 4_500;
/** A month of seven venues, on a machine that has much else to do. */
const PATIENCE_MS = 300_000;
/** Less than a venue may be ahead of what is known of its time. */
const STRIDE_MS = 4 * MINUTE_MS;
const STRIDE_PAUSE_MS = 60;
const MOST_READS = 45;
const PATIENT_READS = 4;
/** The last released schema had these not yet. */
const NEWEST_TABLES = ['holdings'] as const;
const OLDER_VERSION = 4;

/** The market of BTC. */
const CONTRACTS: Readonly<Record<VenueId, ContractId>> = {
  binance: 'binance:BTCUSDT',
  'binance-coin': 'binance-coin:BTCUSD_PERP',
  bybit: 'bybit:BTCUSDT',
  gate: 'gate:BTC_USDT',
  hyperliquid: 'hyperliquid:BTC',
  okx: 'okx:BTC-USDT-SWAP',
  bitget: 'bitget:BTCUSDT',
};
const contractsOf = ({ venues }: Rig): ContractId[] => venues.map((id) => CONTRACTS[id]);

export interface CampaignResult extends Comparison {
  readonly seed: number;
  /** How often each kind struck. */
  readonly faults: Readonly<Record<string, number>>;
  /** Times that a band was drawn again after its faults were over. */
  readonly recoveries: number;
}

/** A day of the venues' time, full of faults; then what is stored is held against a run without any. */
export async function runCampaign(rig: Rig, { seed, rounds, lengthMs = DAY_MS }: CampaignDay): Promise<CampaignResult> {
  const random = createRandom(seed);
  const { clock } = rig.exchange;
  const faults: Record<string, number> = {};
  let recoveries = 0;
  const struck = (name: string): void => void (faults[name] = (faults[name] ?? 0) + 1);

  // Never paused: a venue whose time stands still would be taken to have closed the bar that is open.
  const startMs = await wholeLogs(rig);
  const before = await rig.readRows(contractsOf(rig), startMs);

  const deck = createDeck(random);
  for (let round = 0; round < rounds; round++) {
    clock.setSpeed(SPEED);
    const heals: (() => Promise<void> | void)[] = [];
    const names = deck.draw(2 + Math.floor(3 * random.next()));
    for (const name of names) {
      const heal = await strike(name, rig, random);
      if (heal === null) continue;
      struck(name);
      heals.push(heal);
      await pause(100 * random.next());
    }
    await pause(heals.length > 0 && names.includes('stream silent') ? SILENCE_MS : 200 + 400 * random.next());
    // The rest of this round's share of the day, partly under the faults, partly after them.
    const roundEndMs = startMs + ((round + 1) * lengthMs) / rounds;
    await hurryTo(clock, clock.now() + (roundEndMs - clock.now()) * random.next());
    await pause(300 * random.next());
    rig.exchange.clearFaults();
    for (const heal of heals) await heal();
    await hurryTo(clock, roundEndMs);
    clock.setSpeed(1);
    if (rig.charts().length === 0) await rig.openChart();
    await rig.retry();
    await waitForBand(rig.charts()[0], 'ready');
    recoveries += 1;
  }
  rig.exchange.resetLimits();
  // An hour and a bit later, so that a checkpoint is made of what came last.
  await hurryTo(clock, clock.now() + HOUR_MS + 2 * MINUTE_MS);
  // A worker finds what is damaged when it next starts.
  await rig.browser().killServiceWorker();
  const endMs = await wholeLogs(rig);
  const after = await foldedRows(rig, startMs);
  const faultFree = await askFaultFree(rig, contractsOf(rig), { startMs, endMs });
  return { seed, faults, recoveries, ...compareLogs(rig.exchange, before, after, faultFree, { startMs, endMs }) };
}

/** Until every contract's log has all that its venue tells; gives the end of the last bar but one that all of them have. */
export async function wholeLogs(rig: Rig): Promise<number> {
  let lacking = '';
  rig.exchange.clock.setSpeed(1);
  if (rig.charts().length === 0) await rig.openChart();
  return until(
    async () => {
      const nowMs = rig.exchange.clock.now();
      const boundaryMs = Math.floor(nowMs / BAR_MS) * BAR_MS;
      const ends = await rig.readEnds(contractsOf(rig), boundaryMs - 30 * DAY_MS);
      lacking = ends
        .filter(({ barMs, openInterestMs, holeCount, contractId }) => {
          const isPolled = /^(?:hyperliquid|bitget):/.test(contractId);
          return barMs !== boundaryMs - BAR_MS || holeCount > 0 || (!isPolled && openInterestMs !== boundaryMs);
        })
        .map(({ contractId, barMs, openInterestMs, holeCount }) => {
          const [bars, points] = [barMs, openInterestMs].map((timeMs) => (boundaryMs - timeMs) / BAR_MS);
          return `${contractId} (bars ${bars - 1} and open interest ${points} behind, ${holeCount} holes)`;
        })
        .join(', ');
      if (lacking === '') return boundaryMs - BAR_MS;
      rig.exchange.resetLimits();
      await pause(300);
      return null;
    },
    'whole logs',
    PATIENCE_MS,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}; ${lacking} lack something`, { cause: error });
  });
}

/** A venue's time does not leap: what happens in the hours that are left out is told in order, a few minutes at a time. */
async function hurryTo(clock: VenueClock, timeMs: number): Promise<void> {
  for (let nowMs = clock.now(); nowMs < timeMs; nowMs = clock.now()) {
    clock.step(Math.min(STRIDE_MS, timeMs - nowMs));
    await pause(STRIDE_PAUSE_MS);
  }
}

/** All rows, once what was stored last is folded: a log that was damaged is folded anew, by the next worker where this one found it late. */
async function foldedRows(rig: Rig, sinceMs: number): Promise<LogRows[]> {
  for (let tries = 1; ; tries++) {
    if (tries === PATIENT_READS) await rig.browser().killServiceWorker();
    const rows = await rig.readRows(contractsOf(rig), sinceMs);
    const isFolded = rows.every(({ checkpoints, openInterest }) => checkpoints.length > 0 || openInterest.length === 0);
    if (isFolded || tries === MOST_READS) return rows;
    await pause(2_000);
  }
}

/** Every kind of fault in an order of its own, and again once all were drawn. */
function createDeck(random: Random) {
  let cards: string[] = [];
  const draw = (): string => {
    if (cards.length === 0) {
      cards = [...NETWORK_FAULT_NAMES, ...DEVICE_FAULTS, ...DEVICE_FAULTS];
    }
    return cards.splice(Math.floor(random.next() * cards.length), 1)[0];
  };
  return { draw: (count: number): string[] => Array.from({ length: count }, draw) };
}

const DEVICE_FAULTS = [
  'worker killed',
  'browser restarted',
  'tab opened',
  'tab closed',
  'disk full',
  'transactions aborted',
  'row damaged',
  'old schema, blocked',
  "machine's clock set hours ahead",
  "machine's clock set hours back",
  'machine asleep for hours',
] as const;

const CLOCK_SHIFT_MS = 3 * HOUR_MS;

/** Lets it happen; gives how to end it, or null where there was nothing to strike. */
async function strike(name: string, rig: Rig, random: Random): Promise<(() => Promise<void> | void) | null> {
  const nothing = (): void => {};
  switch (name) {
    case 'worker killed':
      return (await rig.browser().killServiceWorker()) ? nothing : null;
    case 'browser restarted':
      await rig.restartBrowser();
      await rig.openChart();
      return nothing;
    case 'tab opened':
      if (rig.charts().length >= 3) return null;
      await rig.openChart();
      return nothing;
    case 'tab closed':
      if (rig.charts().length === 0) return null;
      await rig.charts()[0].close();
      return nothing;
    case 'disk full':
    case 'transactions aborted':
      return (await breakDisk(rig, name === 'disk full' ? 'full' : 'aborting')) ? () => mendDisk(rig) : null;
    case 'row damaged':
      await damageRows(rig, random);
      return nothing;
    case 'old schema, blocked':
      return putBackSchema(rig);
    case "machine's clock set hours ahead":
    case "machine's clock set hours back":
      await rig.shiftClock(name.endsWith('ahead') ? CLOCK_SHIFT_MS : -CLOCK_SHIFT_MS);
      return () => rig.shiftClock(0);
    case 'machine asleep for hours':
      await rig.sleep(HOUR_MS * (1 + random.next()));
      return nothing;
    default:
      rig.exchange.setFault(networkFault(name, rig.venues, random));
      return nothing;
  }
}

/** Nobody watches, the worker is gone; then an older version has written, and still holds the database. */
async function putBackSchema(rig: Rig): Promise<() => Promise<void>> {
  for (const chart of rig.charts()) await chart.close();
  const page = await rig.browser().openExtensionPage('manifest.json');
  await rig.browser().killServiceWorker();
  await ageDatabase(page, NEWEST_TABLES, OLDER_VERSION);
  await rig.openChart();
  return async () => {
    await page.close().catch(() => {});
    // A worker that went on without the database finds it again when it next starts.
    await rig.browser().killServiceWorker();
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
