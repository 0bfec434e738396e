import { t } from '@/lib/i18n/words';
import {
  COOLDOWNS_MS,
  GROWTH_WINDOWS_MS,
  type AlertCondition,
  type AlertRule,
  LIQUIDATED_WINDOWS_MS,
} from '@/lib/market/alert';
import type { Contract } from '@/lib/market/contract';

import { numberFromText, numberWanted, textFromNumber } from './numbers';

/** A rule as it stands in the form, right or not. */
export interface RuleDraft {
  readonly kind: AlertCondition['kind'];
  /** Whom it is about: one contract, or every favourite (of own positions: all of them). */
  readonly scope: 'contract' | 'all';
  readonly contract: Contract | null;
  /** In per cent. */
  readonly within: string;
  readonly leastUsd: string;
  readonly liquidatedWindowMs: number;
  readonly growthWindowMs: number;
  readonly growthUnit: 'usd' | 'share';
  /** In USD or per cent. */
  readonly by: string;
  readonly cooldownMs: number;
}

export type RuleErrors = Partial<Readonly<Record<'contract' | 'within' | 'leastUsd' | 'by', string>>>;

/** Nearer than this a cluster is the edge of what has just been crossed, and no cluster of its own any more. */
const NEAREST_CLUSTER = 0.4;
const NEAREST_OWN = 0.1;
const FURTHEST_CLUSTER = 10;
const FURTHEST_OWN = 50;

export const emptyRuleDraft = (contract: Contract | null): RuleDraft => ({
  kind: 'near-cluster',
  scope: 'contract',
  contract,
  within: '1',
  leastUsd: '',
  liquidatedWindowMs: LIQUIDATED_WINDOWS_MS[1],
  growthWindowMs: GROWTH_WINDOWS_MS[1],
  growthUnit: 'share',
  by: '',
  cooldownMs: COOLDOWNS_MS[2],
});

export function draftFromRule({ condition, contractId, cooldownMs }: AlertRule, contract: Contract | null): RuleDraft {
  const draft: RuleDraft = {
    ...emptyRuleDraft(contract),
    kind: condition.kind,
    scope: contractId === null ? 'all' : 'contract',
    cooldownMs,
  };
  const percent = (fraction: number) => textFromNumber(Number((fraction * 100).toPrecision(12)));
  switch (condition.kind) {
    case 'near-cluster':
      return { ...draft, within: percent(condition.within), leastUsd: textFromNumber(condition.leastUsd) };
    case 'own-liquidation':
      return { ...draft, within: percent(condition.within) };
    case 'liquidated':
      return { ...draft, liquidatedWindowMs: condition.windowMs, leastUsd: textFromNumber(condition.leastUsd) };
    default:
      return {
        ...draft,
        growthWindowMs: condition.windowMs,
        growthUnit: condition.unit,
        by: condition.unit === 'usd' ? textFromNumber(condition.by) : percent(condition.by),
        leastUsd: textFromNumber(condition.leastUsd),
      };
  }
}

/** The rule that a draft states, or what is wrong with it. */
export function ruleFromDraft(draft: RuleDraft, id: string): AlertRule | RuleErrors {
  const errors = errorsOf(draft);
  if (Object.keys(errors).length > 0) return errors;
  const contractId = draft.scope === 'all' ? null : (draft.contract?.id ?? null);
  return { id, isOn: true, contractId, condition: conditionOf(draft), cooldownMs: draft.cooldownMs };
}

export const isRule = (result: AlertRule | RuleErrors): result is AlertRule => 'id' in result;

const value = (text: string): number => numberFromText(text) ?? NaN;

function conditionOf(draft: RuleDraft): AlertCondition {
  const { kind, growthUnit: unit } = draft;
  const within = value(draft.within) / 100;
  const leastUsd = value(draft.leastUsd);
  switch (kind) {
    case 'near-cluster':
      return { kind, within, leastUsd };
    case 'own-liquidation':
      return { kind, within };
    case 'liquidated':
      return { kind, windowMs: draft.liquidatedWindowMs, leastUsd };
    default:
      return { kind, windowMs: draft.growthWindowMs, unit, by: value(draft.by) / (unit === 'usd' ? 1 : 100), leastUsd };
  }
}

function errorsOf({ kind, scope, contract, within, leastUsd, by }: RuleDraft): RuleErrors {
  const isOwn = kind === 'own-liquidation';
  const [nearest, furthest] = isOwn ? [NEAREST_OWN, FURTHEST_OWN] : [NEAREST_CLUSTER, FURTHEST_CLUSTER];
  const isOff = !(value(within) >= nearest && value(within) <= furthest);
  return {
    ...(scope === 'contract' && contract === null && { contract: t('alerts.chooseContract') }),
    ...((isOwn || kind === 'near-cluster') && isOff && { within: t('alerts.withinOff', { nearest, furthest }) }),
    ...(!isOwn && numberFromText(leastUsd) === null && { leastUsd: numberWanted() }),
    ...(kind === 'cluster-grows' && numberFromText(by) === null && { by: numberWanted() }),
  };
}
