import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { listRecordedSets } from '@/tests/exchange/recorded-set';
import { PAGE_URLS } from '@/tests/pages/chart-pages';
import type { PageSite } from '@/tests/pages/page-html';

const DEFAULT_DATA = '../shared/data';
const DEFAULT_SET = 'binance-BTCUSDT-5m-2024-09-13';

export const USAGE = `npm start [-- OPTIONS]
  --page NAME        chart page to open: ${Object.keys(PAGE_URLS).join(', ')}
  --headless         no window; with --screenshot it ends by itself
  --screenshot DIR   take pictures of bands and pages into DIR, and end
  --data DIR         folder of recorded sets (default ${DEFAULT_DATA} where it exists)
  --set NAME         recorded set to replay; without recordings a synthetic market is shown
  --speed N          let the exchange's time run N times as fast
  --port N           port of the replay exchange
  --live             the real internet instead of the replay`;

export interface StartOptions {
  readonly site: PageSite;
  readonly headless: boolean;
  readonly screenshotDir: string | null;
  /** Null is the synthetic market. */
  readonly recording: { readonly dataDir: string; readonly set: string } | null;
  readonly speed: number;
  readonly port: number;
  readonly isLive: boolean;
}

/** Throws what is wrong with the options in one sentence. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      page: { type: 'string', default: 'tradingview' },
      headless: { type: 'boolean', default: false },
      screenshot: { type: 'string' },
      data: { type: 'string' },
      set: { type: 'string' },
      speed: { type: 'string' },
      port: { type: 'string' },
      live: { type: 'boolean', default: false },
    },
  });
  if (!isPage(values.page)) throw new Error(`--page ${values.page} is none of ${Object.keys(PAGE_URLS).join(', ')}`);
  const ofReplay = (['data', 'set', 'speed', 'port', 'screenshot'] as const).filter((name) => name in values);
  if (values.live && ofReplay.length > 0) throw new Error(`--${ofReplay[0]} belongs to the replay, not to --live`);
  return {
    site: values.page,
    headless: values.headless || values.screenshot !== undefined,
    screenshotDir: values.screenshot === undefined ? null : path.resolve(values.screenshot),
    recording: values.live ? null : findRecording(values.data, values.set),
    speed: numberFrom('speed', values.speed ?? '1', (speed) => speed > 0, 'a number above 0'),
    port: numberFrom('port', values.port ?? '0', isPort, 'a whole number up to 65535'),
    isLive: values.live,
  };
}

const isPage = (name: string): name is PageSite => name in PAGE_URLS;

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port <= 65_535;

function numberFrom(name: string, text: string, isGood: (value: number) => boolean, wanted: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!isGood(value)) throw new Error(`--${name} ${text} is not ${wanted}`);
  return value;
}

function findRecording(data: string | undefined, set: string | undefined): StartOptions['recording'] {
  const dataDir = path.resolve(data ?? DEFAULT_DATA);
  if (data !== undefined && !existsSync(dataDir)) throw new Error(`--data ${data} does not exist`);
  const sets = listRecordedSets(dataDir);
  if (data !== undefined && sets.length === 0) throw new Error(`--data ${data} holds no recorded sets`);
  if (sets.length === 0) return null;
  if (set !== undefined && !sets.includes(set)) {
    throw new Error(`--set ${set} is not in ${dataDir}, which has ${sets.join(', ')}`);
  }
  return { dataDir, set: set ?? (sets.includes(DEFAULT_SET) ? DEFAULT_SET : sets[0]) };
}
