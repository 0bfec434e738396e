import { setTimeout } from 'node:timers/promises';

import { HOUR_MS } from '@/lib/core/time';
import { until, waitForBand } from '@/tests/e2e/chart';
import { wholeLogs } from '@/tests/e2e/faults/campaign';
import { type Rig, startRig } from '@/tests/e2e/faults/rig';
import { hidePage, showPage } from '@/tests/e2e/hide-page';

import { countInWorker, createGauges, type Sample } from './gauges';
import { type IdleCost, idleCost } from './idle-cost';

/** Machine's and venues' time together: a day of the venues takes two minutes and a half. */
const FAST = { hurry: 10, speed: 60 };
/** How long the cost of a chart in front, behind others and of none is measured. */
const IDLE_SECONDS = 20;
/** A page that nobody sees rests after 45 seconds. */
const REST_HURRY = 20;

export interface SoakResult {
  readonly samples: readonly Sample[];
  readonly idle: readonly IdleCost[];
  /** Of the whole run. */
  readonly requests: number;
}

export interface SoakOptions {
  readonly hours: number;
  readonly isReal: boolean;
  readonly samples: number;
  readonly onSample: (sample: Sample) => void;
}

/** A chart that is watched for so long, with gauges read on the way; then behind another tab, then closed. */
export async function soak({ hours, isReal, samples: count, onSample }: SoakOptions): Promise<SoakResult> {
  const { hurry, speed } = isReal ? { hurry: 1, speed: 1 } : FAST;
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

async function isLeftAlone(rig: Rig): Promise<void> {
  await until(() => Promise.resolve(rig.exchange.openSockets() === 0 || null), 'no socket', 90_000);
  await setTimeout(2_000);
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
