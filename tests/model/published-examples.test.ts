import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import type { PositionSide } from '@/lib/market/liquidation';
import type { RiskTier } from '@/lib/market/risk-tier';
import { inverseBankruptcyPrice, inverseLiquidationPrice } from '@/lib/model/inverse-liquidation';
import {
  bankruptcyPrice,
  crossMargin,
  isolatedMargin,
  LIQUIDATION_RULES,
  liquidationPrice,
  type LiquidationRule,
} from '@/lib/model/liquidation-price';
import { maintenanceAmount, maintenanceMargin } from '@/lib/model/maintenance';

type TierRow = readonly [floor: number, cap: number | null, rate: number, maxLeverage: number | null, amount: number];

type Figure =
  | (
      | 'qty'
      | 'qtyUSD'
      | 'entry'
      | 'leverage'
      | 'mmr'
      | 'maxLeverage'
      | 'walletBalance'
      | 'takerFee'
      | 'taker'
      | 'p'
      | 'q'
    )
  | ('floor' | 'prevMmr' | 'prevCum' | 'contracts' | 'contractSizeUSD' | 'mark' | 'cum');
type OptionalFigure = 'maintAmount' | 'mmDeduction' | 'margin' | 'accountBalanceBTC' | 'tmmOther' | 'upnlOther';

interface Example {
  readonly exchange: string;
  readonly inputs: Readonly<Record<Figure, number> & Partial<Record<OptionalFigure, number>>> & {
    readonly side: PositionSide;
    readonly tiers: readonly TierRow[];
  };
  readonly expected: Readonly<Record<string, number | boolean>>;
  readonly tolerance: number;
}

/** What an example comes to by our forms, under the names that it gives its results. */
type Results = Readonly<Record<string, number | null>>;

const oneTier = (maintenanceMarginRate: number, amount = 0): readonly RiskTier[] => [
  { notionalFloor: 0, notionalCap: Infinity, maintenanceMarginRate, maintenanceAmount: amount, maxLeverage: 125 },
];

function linear({ inputs }: Example, rule: LiquidationRule, margin?: number, rate = inputs.mmr): Results {
  const { side: positionSide, qty, entry: entryPrice, leverage, maintAmount } = inputs;
  const position = { positionSide, qty, entryPrice };
  const held = { ...position, margin: margin ?? isolatedMargin(position, leverage, rule) };
  return {
    assignedMargin: held.margin,
    bankruptcyPrice: bankruptcyPrice(held),
    liqPrice: liquidationPrice(held, oneTier(rate, maintAmount), rule),
  };
}

function inverse({ inputs }: Example, rule: LiquidationRule): Results {
  const { side: positionSide, qtyUSD: qty, entry: entryPrice, leverage, mmr, mmDeduction = 0 } = inputs;
  const positionValue = qty / entryPrice;
  const initialMargin = positionValue / leverage;
  const held = { positionSide, qty, entryPrice, margin: inputs.accountBalanceBTC ?? initialMargin };
  const tiers = oneTier(mmr, mmDeduction);
  return {
    positionValue,
    initialMargin,
    maintMargin: maintenanceMargin(tiers, positionValue),
    bankruptcyPrice: inverseBankruptcyPrice(held, rule.closeFeeRate),
    liqPrice: inverseLiquidationPrice(held, tiers, rule),
  };
}

const amountAbove = ({ inputs: { floor, mmr, prevMmr, prevCum } }: Example): Results => ({
  cum: maintenanceAmount(floor, mmr, { maintenanceMarginRate: prevMmr, maintenanceAmount: prevCum }),
});

/** The largest difference between a published amount and the one that follows from the tier below, and the first amounts. */
function amountsOf({ inputs, tolerance }: Example): Results {
  const amounts = [0];
  for (let i = 1; i < inputs.tiers.length; i++) {
    const below = { maintenanceMarginRate: inputs.tiers[i - 1][2], maintenanceAmount: amounts[i - 1] };
    amounts.push(maintenanceAmount(inputs.tiers[i][0], inputs.tiers[i][2], below));
  }
  const isConsistent = inputs.tiers.every((row, i) => Math.abs(row[4] - amounts[i]) <= tolerance);
  return { cumsConsistent: Number(isConsistent), cum2: amounts[1], cum3: amounts[2] };
}

const RESULTS: Readonly<Record<string, (example: Example) => Results>> = {
  'binance-usdm': (example) => {
    const { walletBalance, tmmOther = 0, upnlOther = 0 } = example.inputs;
    return linear(example, LIQUIDATION_RULES.binance, crossMargin(walletBalance, tmmOther, upnlOther));
  },
  'gate/okx-linear': (example) =>
    linear(example, { ...LIQUIDATION_RULES.gate, closeFeeRate: example.inputs.takerFee }, example.inputs.margin),
  'bybit-linear': (example) => linear(example, LIQUIDATION_RULES.bybit, undefined, 0.005),
  'bybit-linear-legacy': (example) => linear(example, LIQUIDATION_RULES.bybitLegacy),
  'bybit-inverse-legacy': (example) => inverse(example, LIQUIDATION_RULES.bybitClassicInverse),
  'bybit-inverse-uta-2024': (example) => inverse(example, LIQUIDATION_RULES.bybitLegacy),
  'bybit-inverse-uta-2026': (example) => inverse(example, LIQUIDATION_RULES.bybit),
  'phemex-linear': (example) => linear(example, { ...LIQUIDATION_RULES.phemex, closeFeeRate: example.inputs.taker }),
  hyperliquid: (example) =>
    linear(example, LIQUIDATION_RULES.hyperliquid, undefined, 1 / (2 * example.inputs.maxLeverage)),
  'binance-usdm-cum': amountAbove,
  'binance-coinm-cum': amountAbove,
  'binance-usdm-tiers': amountsOf,
  'binance-coinm-mm': ({ inputs: { contracts, contractSizeUSD, mark, mmr, cum } }) => {
    const notional = (contracts * contractSizeUSD) / mark;
    return { notionalBTC: notional, maintMarginBTC: maintenanceMargin(oneTier(mmr, cum), notional) };
  },
  // Its margin is what the published bankruptcy price leaves of any entry above it.
  'binance-forceOrder': (example) => {
    const { p, q } = example.inputs;
    const entry = p * 1.01;
    const sold = { ...example, inputs: { ...example.inputs, side: 'long' as const, qty: q, entry } };
    return { impliedLiqPrice: linear(sold, LIQUIDATION_RULES.binance, q * (entry - p)).liqPrice };
  },
};

const FILE = path.resolve(import.meta.dirname, '../../../shared/vectors/liquidation-price.json');

describe.skipIf(!existsSync(FILE))('every collected example (skipped: no vectors)', () => {
  const examples = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as readonly Example[]) : [];

  it('are all there', () => expect(examples.length).toBeGreaterThanOrEqual(39));

  it.each(examples.map((example, i) => [`${i} ${example.exchange}`, example] as const))('%s', (_, example) => {
    const results = RESULTS[example.exchange](example);
    for (const [name, expected] of Object.entries(example.expected)) {
      expect(Math.abs((results[name] ?? NaN) - Number(expected)), name).toBeLessThanOrEqual(example.tolerance);
    }
  });
});
