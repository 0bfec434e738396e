import { setTimeout } from 'node:timers/promises';

import { HOUR_MS } from '@/lib/core/time';
import { until, waitForBand } from '@/tests/e2e/chart';
import { wholeLogs } from '@/tests/e2e/faults/campaign';
import { type Rig, startRig } from '@/tests/e2e/faults/rig';
import { hidePage, showPage } from '@/tests/e2e/hide-page';

import { countInWorker, createGauges, type Sample } from './gauges';
import { type IdleCost, idleCost } from './idle-cost';

/** Of the exchange's clock; the browser's own timers are hurried besides. */
const SPEED = 60;
/** How long the cost of a chart in front, behind others and of none is measured. */
const IDLE_SECONDS = 20;
/** A page that nobody sees rests after 45 seconds. */
const REST_HURRY = 20;
/** Of real time, in which a chart that is followed has many requests made. */
const STILL_MS = 8_000;

export interface SoakResult {
  readonly samples: readonly Sample[];
  readonly idle: readonly IdleCost[];
  /** Of the whole run. */
  readonly requests: number;
}

export interface SoakOptions {
  readonly hours: number;
  /** How much faster the browser's timers run; null for real time. */
  readonly hurry: number | null;
  readonly samples: number;
  readonly onSample: (sample: Sample) => void;
}

/** A chart that is watched for so long, with gauges read on the way; then behind another tab, then closed. */
export async function soak({ hours, samples: count, onSample, ...pace }: SoakOptions): Promise<SoakResult> {
  const hurry = pace.hurry ?? 1;
  const speed = pace.hurry === null ? 1 : SPEED;
  const rig = await startRig({ hurry });
  try {
    await countInWorker(rig.browser());
    const chart = await rig.openChart();
    await waitForBand(chart, 'ready');
    // What is filled once is no growth.
    await wholeLogs(rig);
    const gauges = await createGauges(rig.browser(), chart, () => rig.exchange.openSockets());
    rig.exchange.clock.setSpeed(speed);
    const samples: Sample[] = [];
    const startMs = rig.exchange.clock.now();
    const hoursNow = (): number => (rig.exchange.clock.now() - startMs) / HOUR_MS;
    do {
      await upkeep(rig);
      const sample = await gauges.read(hoursNow());
      samples.push(sample);
      onSample(sample);
      // Reading takes a while on a busy machine: what is due by then is left out.
      const dueHours = ((Math.floor((hoursNow() / hours) * count) + 1) / count) * hours;
      await setTimeout(Math.max(0, ((dueHours - hoursNow()) * HOUR_MS) / (hurry * speed)));
    } while (hoursNow() <= hours);
    const most = Math.max(...samples.map(({ sockets }) => sockets));
    await until(
      () => Promise.resolve(rig.exchange.openSockets() >= most || null),
      'all sockets that there were',
      180_000,
    );
    const requests = rig.exchange.requests.length;
    const idle = [await idleCost('chart in front', rig, IDLE_SECONDS)];
    await hidePage(chart, REST_HURRY);
    await setTimeout(2_000);
    idle.push(await idleCost('chart behind another tab', rig, IDLE_SECONDS));
    await isLeftAlone(rig);
    idle.push(await idleCost('chart behind it for a quarter of an hour', rig, IDLE_SECONDS));
    await showPage(chart);
    await until(() => Promise.resolve(rig.exchange.openSockets() > 0 || null), 'a socket', 60_000);
    await waitForBand(chart, 'ready');
    await chart.close();
    await isLeftAlone(rig);
    idle.push(await idleCost('no chart', rig, IDLE_SECONDS));
    return { samples, idle, requests };
  } finally {
    await rig.close();
  }
}

/** A socket may be lost for a moment, but whoever is followed soon asks again. */
async function isLeftAlone({ exchange }: Rig): Promise<void> {
  const isStill = async (): Promise<true | null> => {
    const before = exchange.requests.length;
    await setTimeout(STILL_MS);
    return (exchange.openSockets() === 0 && exchange.requests.length === before) || null;
  };
  await until(isStill, 'neither socket nor request', 180_000);
}

/** The hourly alarm, which goes by the real time. */
async function upkeep(rig: Rig): Promise<void> {
  await rig
    .browser()
    .context.serviceWorkers()[0]
    .evaluate(async () => {
      const { alarms } = (
        globalThis as unknown as { chrome: { alarms: { create(name: string, info: object): Promise<void> } } }
      ).chrome;
      await alarms.create('upkeep', { when: Date.now(), periodInMinutes: 60 });
    });
}
