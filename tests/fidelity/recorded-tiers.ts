import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { z } from 'zod/mini';

import type { RiskTiers } from '@/lib/market/risk-tier';
import { bundledTiers } from '@/lib/venues/binance/bundled-tiers';

/** Recordings beside the repository: brackets are looked for there where a folder of sets has none. */
const SHARED_DIR = path.resolve(import.meta.dirname, '../../../shared/data');
const FILE_NAME = /^binance-usdm-(\d{4}-\d{2}-\d{2})\.json\.gz$/;

const TIER = z.object({
  minNotional: z.number(),
  maxNotional: z.number(),
  maintenanceMarginRate: z.number(),
  maxLeverage: z.number(),
  info: z.object({ cum: z.coerce.number() }),
});
const FILE = z.record(z.string(), z.array(TIER));

/** Binance's newest recorded brackets of a symbol; those that come with the product where it is not among them. */
export function readRecordedTiers(symbol: string, dir = SHARED_DIR): RiskTiers {
  const coin = symbol.replace(/[-_/]?USDT?.*$/i, '').toUpperCase();
  for (const folder of [path.join(dir, 'tiers'), path.join(SHARED_DIR, 'tiers')]) {
    const newest = existsSync(folder) ? readdirSync(folder).findLast((file) => FILE_NAME.test(file)) : undefined;
    const tiers = newest === undefined ? undefined : readFile(path.join(folder, newest))[`${coin}/USDT:USDT`];
    if (newest === undefined || tiers === undefined) continue;
    return {
      tiers: tiers.map(({ minNotional, maxNotional, maintenanceMarginRate, maxLeverage, info }) => ({
        notionalFloor: minNotional,
        notionalCap: maxNotional,
        maintenanceMarginRate,
        maintenanceAmount: info.cum,
        maxLeverage,
      })),
      source: 'bundled',
      asOfMs: Date.parse(FILE_NAME.exec(newest)?.[1] ?? ''),
    };
  }
  return bundledTiers(`${coin}USDT`);
}

const readFile = (file: string) => FILE.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()));
