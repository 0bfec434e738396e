import { isContractId } from './venue-facts';

type Check = (value: unknown) => boolean;

const isPositive: Check = (value) => Number.isFinite(value) && (value as number) > 0 && (value as number) <= 1e15;
const isFraction: Check = (value) => isPositive(value) && (value as number) <= 1;

/** What each kind of condition says beside its kind. */
const CONDITIONS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  'near-cluster': { within: isFraction, leastUsd: isPositive },
  liquidated: { windowMs: isPositive, leastUsd: isPositive },
  'cluster-grows': {
    windowMs: isPositive,
    unit: (value) => value === 'usd' || value === 'share',
    by: isPositive,
    leastUsd: isPositive,
  },
  'own-liquidation': { within: isFraction },
};

/** What is kept of a rule has its id in the key, which a space ends. */
export const isRuleId: Check = (value) => typeof value === 'string' && /^\S{1,200}$/.test(value);

const RULE: Readonly<Record<string, Check>> = {
  id: isRuleId,
  isOn: (value) => typeof value === 'boolean',
  contractId: (value) => value === null || isContractId(value),
  cooldownMs: isPositive,
};

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const problemOf = (fields: Readonly<Record<string, unknown>>, checks: Readonly<Record<string, Check>>) =>
  Object.keys(checks).find((name) => !checks[name](fields[name]));

/**
 * The first field of an alert rule that is missing or not allowed; null for a rule as `alertRuleCheck` takes it. That one is the
 * background's: what it is made of would make a page that reads a file a twentieth larger, and tells no field.
 */
export function ruleProblem(rule: unknown): string | null {
  const fields = fieldsOf(rule);
  const condition = fieldsOf(fields.condition);
  const checks = Object.hasOwn(CONDITIONS, String(condition.kind)) ? CONDITIONS[String(condition.kind)] : null;
  if (checks === null) return problemOf(fields, RULE) ?? 'condition.kind';
  const inCondition = problemOf(condition, checks);
  return problemOf(fields, RULE) ?? (inCondition === undefined ? null : `condition.${inCondition}`);
}

const isMinute: Check = (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 24 * 60;

/** The same of quiet hours, which may be none. */
export const quietProblem = (quiet: unknown): string | null =>
  quiet === null ? null : (problemOf(fieldsOf(quiet), { fromMinute: isMinute, toMinute: isMinute }) ?? null);
