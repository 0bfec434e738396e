import { HOUR_MS, MINUTE_MS } from '@/lib/core/time';

import type { ContractId } from './contract';
import type { PositionSide } from './liquidation';

/** Windows over which liquidations are watched; those of `LIQUIDATION_WINDOWS_MS` up to a day. */
export const LIQUIDATED_WINDOWS_MS = [5 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, 12 * HOUR_MS, 24 * HOUR_MS] as const;
/** Windows over which a cluster grows: whole numbers of as-of columns. */
export const GROWTH_WINDOWS_MS = [15 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, 24 * HOUR_MS] as const;
export const COOLDOWNS_MS = [5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, 24 * HOUR_MS] as const;

/** What must come true; fractions of the mark price, of growth of the sum before. */
export type AlertCondition =
  | { readonly kind: 'near-cluster'; readonly within: number; readonly leastUsd: number }
  | { readonly kind: 'liquidated'; readonly windowMs: number; readonly leastUsd: number }
  | {
      readonly kind: 'cluster-grows';
      readonly windowMs: number;
      readonly unit: 'usd' | 'share';
      readonly by: number;
      /** Of the cluster once it has grown. */
      readonly leastUsd: number;
    }
  | { readonly kind: 'own-liquidation'; readonly within: number };

export interface AlertRule {
  readonly id: string;
  readonly isOn: boolean;
  /** Null for every favourite; of own positions, for all of them. */
  readonly contractId: ContractId | null;
  readonly condition: AlertCondition;
  /** No second alert of the rule about the same contract (of own positions: the same position) sooner. */
  readonly cooldownMs: number;
}

/** Minutes of the local day between which nothing is told, over midnight where it ends before it begins. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** What was seen when a rule fired. */
export type AlertFacts =
  | {
      readonly kind: 'near-cluster';
      readonly positionSide: PositionSide;
      readonly price: number;
      readonly usd: number;
      readonly distance: number;
    }
  | { readonly kind: 'liquidated'; readonly windowMs: number; readonly longUsd: number; readonly shortUsd: number }
  | {
      readonly kind: 'cluster-grows';
      readonly windowMs: number;
      readonly positionSide: PositionSide;
      readonly price: number;
      readonly usd: number;
      readonly beforeUsd: number;
    }
  | {
      readonly kind: 'own-liquidation';
      readonly positionSide: PositionSide;
      readonly price: number;
      readonly distance: number;
    };

/** One alert: written down before it is told. */
export interface AlertFiring {
  readonly id: string;
  readonly ruleId: string;
  readonly contractId: ContractId;
  readonly priceDigits: number;
  readonly atMs: number;
  readonly facts: AlertFacts;
  readonly isTold: boolean;
}

/** Under which a notification is shown: clusters of one contract that came near at once have one. */
export const noticeIdOf = ({ id, ruleId, contractId, atMs, facts }: AlertFiring): string =>
  facts.kind === 'near-cluster' ? `${ruleId} ${contractId} ${atMs}` : id;

/** Where a rule stands about one thing, e.g. one contract. */
export interface AlertState {
  /** False from a firing until what it fired for is clearly over. */
  readonly isArmed: boolean;
  readonly firedMs: number | null;
}

/** All that must outlive the background, stored as one so that state and log never disagree. */
export interface AlertMemory {
  readonly states: Readonly<Record<string, AlertState>>;
  /** Newest first. */
  readonly log: readonly AlertFiring[];
}

export const NO_ALERTS: AlertMemory = { states: {}, log: [] };
