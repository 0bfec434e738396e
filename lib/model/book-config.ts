import { hashText } from '@/lib/core/hash';
import { HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { Settlement } from '@/lib/market/contract';
import type { PriorName } from '@/lib/market/prior';
import type { RiskTier, RiskTiers } from '@/lib/market/risk-tier';

import { priorLeverageMix, type LeverageClass } from './leverage-mix';

/** Raise it when the same bars and the same configuration give another book. */
const MODEL_VERSION = 4;

export interface BookConfig {
  /** Sets the unit of every quantity of the book, and where a class's levels lie. */
  readonly settlement: Settlement;
  /** Of a bin, in ln(price). */
  readonly binWidth: number;
  /** Length of a folded bar. */
  readonly barMs: number;
  /** Share of the volume beyond the change of open interest that leaves positions, 0 to 1. */
  readonly churn: number;
  /** How far taker imbalance tilts churn to one side, -1 to 1. */
  readonly tilt: number;
  /** Share of opened quantity that is closed with the fast half-life, the rest with the slow one. Only their ratio counts: flow fixes the total. */
  readonly fastShare: number;
  readonly fastHalfLifeMs: number;
  readonly slowHalfLifeMs: number;
  /** Share of a bar's own entries, between its adverse extreme and its close, taken to be gone: on the side that the candle hurt, on the other. */
  readonly crossedEntryLoss: { readonly hurt: number; readonly other: number };
  /** How far in ln(price) a price may run away from a level before the level is given up to the absorbing class. */
  readonly reach: number;
  readonly classes: readonly LeverageClass[];
}

/** Brackets of no venue, where none are known: modest leverage and a maintenance rate between majors' and small coins'. */
const UNKNOWN_TIERS: readonly RiskTier[] = [
  { notionalFloor: 0, notionalCap: Infinity, maintenanceMarginRate: 0.01, maintenanceAmount: 0, maxLeverage: 50 },
];

/** Configuration for a contract with these brackets; where each constant comes from: docs/model.md. */
export function createBookConfig(
  riskTiers: RiskTiers,
  settlement: Settlement,
  prior: PriorName = 'stated',
): BookConfig {
  const tiers = riskTiers.tiers.length > 0 ? riskTiers.tiers : UNKNOWN_TIERS;
  return {
    settlement,
    binWidth: 0.00025,
    barMs: BAR_MS,
    churn: 0.2,
    tilt: 0.5,
    fastShare: 0.6,
    fastHalfLifeMs: 45 * MINUTE_MS,
    slowHalfLifeMs: 24 * HOUR_MS,
    crossedEntryLoss: { hurt: 0.8, other: 0.5 },
    reach: 0.25,
    classes: priorLeverageMix(tiers, prior),
  };
}

/** Names a configuration and the model's version: a checkpoint under another key is of no use. */
export const bookConfigKey = (config: BookConfig): string => `${MODEL_VERSION}-${hashText(JSON.stringify(config))}`;
