import { digitsOfTick } from '@/lib/core/num';
import type { AlertRule } from '@/lib/market/alert';
import {
  type AlertObservation,
  type GrownCluster,
  observeGrowth,
  observeLiquidated,
  observeNearClusters,
  observeOwn,
} from '@/lib/market/alert-step';
import type { Contract, ContractId } from '@/lib/market/contract';
import type { OwnPositionRow } from '@/lib/market/own-position';
import { LIQUIDATION_WINDOWS_MS, type ByWindow, type LiquidatedSums } from '@/lib/market/realised';

import type { AlertWatcher } from './alert-watcher';

/** Where the figures come from that rules are about; null where they are not known. */
export interface AlertSources {
  readonly mapOf: AlertWatcher['look'];
  /** What was liquidated of the contract's market; not whole while something of it is still read back. */
  readonly liquidatedOf: (id: ContractId) => Promise<{
    readonly contract: Contract;
    readonly sums: ByWindow<LiquidatedSums>;
    readonly isWhole: boolean;
  } | null>;
  readonly growthOf: (
    id: ContractId,
    windowMs: number,
  ) => Promise<{ readonly contract: Contract; readonly clusters: readonly GrownCluster[] } | null>;
  readonly ownRows: () => Promise<readonly OwnPositionRow[]>;
}

/**
 * Looks at what a rule is about, for each of the contracts that it concerns. A rule that cannot be looked after says nothing
 * and stops no other; `onFailure` hears why. `known` is what the rule has a state of.
 */
export function createAlertObserver(sources: AlertSources, onFailure: (cause: unknown) => void) {
  const observe = async ({ condition }: AlertRule, id: ContractId): Promise<AlertObservation | null> => {
    if (condition.kind === 'liquidated') {
      const seen = await sources.liquidatedOf(id);
      const sums = seen?.sums[LIQUIDATION_WINDOWS_MS.findIndex((windowMs) => windowMs === condition.windowMs)];
      return seen && sums ? observeLiquidated(condition, sums, seen.isWhole, aboutContract(seen.contract)) : null;
    }
    if (condition.kind !== 'cluster-grows') return null;
    const seen = await sources.growthOf(id, condition.windowMs);
    return seen && observeGrowth(condition, seen.clusters, aboutContract(seen.contract));
  };

  const observeAll = async (
    rule: AlertRule,
    ids: readonly ContractId[],
    known: readonly string[],
  ): Promise<readonly AlertObservation[]> => {
    const { condition } = rule;
    if (condition.kind === 'near-cluster') {
      return ids.flatMap((id) => {
        const seen = sources.mapOf(id);
        return seen === null ? [] : observeNearClusters(condition, seen, known, aboutContract(seen.contract));
      });
    }
    if (condition.kind === 'own-liquidation') return observeOwnRows(rule, await sources.ownRows());
    const seen = await Promise.all(ids.map((id) => observe(rule, id)));
    return seen.filter((each) => each !== null);
  };

  return (
    rule: AlertRule,
    ids: readonly ContractId[],
    known: readonly string[],
  ): Promise<readonly AlertObservation[]> =>
    observeAll(rule, ids, known).catch((cause: unknown) => {
      onFailure(cause);
      return [];
    });
}

function observeOwnRows({ condition, contractId }: AlertRule, rows: readonly OwnPositionRow[]): AlertObservation[] {
  return rows.flatMap(({ position, contract, liquidationPrice: price, markPrice }) => {
    if (condition.kind !== 'own-liquidation' || contract === null || price === null || markPrice === null) return [];
    if (contractId !== null && contractId !== contract.id) return [];
    const { id, positionSide } = position;
    const about = { ...aboutContract(contract), subject: id, group: id };
    return [observeOwn(condition, { positionSide, price, distance: price / markPrice - 1 }, about)];
  });
}

const aboutContract = (contract: Contract) => ({
  subject: contract.id,
  group: contract.id,
  contractId: contract.id,
  priceDigits: digitsOfTick(contract.tickSize),
});
