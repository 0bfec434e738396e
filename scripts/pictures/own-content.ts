import { HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import type { AlertRule, QuietHours } from '@/lib/market/alert';
import type { OwnPosition } from '@/lib/market/own-position';
import { BTCUSDT } from '@/tests/e2e/extension';
import type { Stage } from '@/tests/e2e/stage';

const RULES: readonly AlertRule[] = [
  {
    id: 'near',
    isOn: true,
    contractId: BTCUSDT,
    condition: { kind: 'near-cluster', within: 0.02, leastUsd: 2e6 },
    cooldownMs: HOUR_MS,
  },
  {
    id: 'liquidated',
    isOn: true,
    contractId: BTCUSDT,
    condition: { kind: 'liquidated', windowMs: HOUR_MS, leastUsd: 10_000 },
    cooldownMs: 15 * MINUTE_MS,
  },
  {
    id: 'grows',
    isOn: false,
    contractId: null,
    condition: { kind: 'cluster-grows', windowMs: 4 * HOUR_MS, unit: 'share', by: 0.5, leastUsd: 10e6 },
    cooldownMs: 4 * HOUR_MS,
  },
  {
    id: 'own',
    isOn: true,
    contractId: null,
    condition: { kind: 'own-liquidation', within: 0.05 },
    cooldownMs: HOUR_MS,
  },
];

/** Hours of the user's clock that the stage's are not among: within them nothing is told. */
function quietHours(nowMs: number): QuietHours {
  const hour = new Date(nowMs).getHours();
  const isDay = hour >= 8 && hour < 21;
  return isDay ? { fromMinute: 1_380, toMinute: 420 } : { fromMinute: 660, toMinute: 1_140 };
}

/** A price with as many figures as somebody would type. */
const near = (price: number, share: number): number => Math.round(price * (1 + share));

/** Enters positions and alert rules as a user would have, so that the pages about them have something to show. */
export async function enterOwn({ browser, exchange }: Stage): Promise<void> {
  const price = exchange.source('BTCUSDT').price(exchange.clock.now());
  const about = { contractId: BTCUSDT, sizeUnit: 'base' } as const;
  const positions: readonly OwnPosition[] = [
    {
      ...about,
      id: 'long',
      positionSide: 'long',
      entryPrice: near(price, 0.004),
      size: 0.85,
      margin: { kind: 'leverage', leverage: 20 },
    },
    {
      ...about,
      id: 'short',
      positionSide: 'short',
      entryPrice: near(price, -0.011),
      size: 2.4,
      margin: { kind: 'isolated', margin: near(price, 0) / 5 },
    },
    {
      ...about,
      id: 'cross',
      positionSide: 'long',
      entryPrice: near(price, 0.021),
      size: 25_000,
      sizeUnit: 'usd',
      margin: { kind: 'cross', balance: 2_400 },
    },
  ];
  const page = await browser.openExtensionPage('manifest.json');
  const stored = {
    'own-positions': positions,
    'alert-rules': RULES,
    'quiet-hours': quietHours(exchange.clock.now()),
  };
  await page.evaluate(`chrome.storage.local.set(${JSON.stringify(stored)})`);
  await page.close();
}
