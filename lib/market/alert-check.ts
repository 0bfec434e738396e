import * as z from 'zod/mini';

import { numberWithin, positiveUpTo, textWithin, wholeWithin } from '@/lib/core/checks';

import {
  type AlertFacts,
  type AlertFiring,
  type AlertMemory,
  type AlertRule,
  NO_ALERTS,
  type QuietHours,
} from './alert';
import { contractIdCheck } from './own-position-check';
import { isRuleId } from './rule-problem';

const id = textWithin(1, 200);
const ruleId = z.custom<string>(isRuleId);
const time = numberWithin(0, Infinity);
const positive = positiveUpTo(1e15);
const side = z.enum(['long', 'short']);
const fraction = positiveUpTo(1);

export const alertRuleCheck: z.ZodMiniType<AlertRule> = z.object({
  id: ruleId,
  isOn: z.boolean(),
  contractId: z.nullable(contractIdCheck),
  condition: z.union([
    z.object({ kind: z.literal('near-cluster'), within: fraction, leastUsd: positive }),
    z.object({ kind: z.literal('liquidated'), windowMs: positive, leastUsd: positive }),
    z.object({
      kind: z.literal('cluster-grows'),
      windowMs: positive,
      unit: z.enum(['usd', 'share']),
      by: positive,
      leastUsd: positive,
    }),
    z.object({ kind: z.literal('own-liquidation'), within: fraction }),
  ]),
  cooldownMs: positive,
});

const minute = wholeWithin(0, 24 * 60 - 1);

export const quietHoursCheck: z.ZodMiniType<QuietHours | null> = z.nullable(
  z.object({ fromMinute: minute, toMinute: minute }),
);

const factsCheck: z.ZodMiniType<AlertFacts> = z.union([
  z.object({ kind: z.literal('near-cluster'), positionSide: side, price: positive, usd: time, distance: z.number() }),
  z.object({ kind: z.literal('liquidated'), windowMs: positive, longUsd: time, shortUsd: time }),
  z.object({
    kind: z.literal('cluster-grows'),
    windowMs: positive,
    positionSide: side,
    price: positive,
    usd: time,
    beforeUsd: time,
  }),
  z.object({ kind: z.literal('own-liquidation'), positionSide: side, price: positive, distance: z.number() }),
]);

const firingCheck: z.ZodMiniType<AlertFiring> = z.object({
  id,
  ruleId,
  contractId: contractIdCheck,
  priceDigits: wholeWithin(0, 20),
  atMs: time,
  facts: factsCheck,
  isTold: z.boolean(),
});

const stateCheck = z.object({ isArmed: z.boolean(), firedMs: z.nullable(time) });

/** What of a stored memory can be believed; `broken` counts what cannot. */
export function alertMemoryFrom(stored: unknown): { readonly memory: AlertMemory; readonly broken: number } {
  const { states, log } = ((typeof stored === 'object' ? stored : null) ?? NO_ALERTS) as Partial<
    Record<keyof AlertMemory, unknown>
  >;
  const entries = Object.entries(typeof states === 'object' && states !== null ? states : {});
  const firings: readonly unknown[] = Array.isArray(log) ? log : [];
  const soundStates = entries.flatMap(([key, state]) => {
    const parsed = stateCheck.safeParse(state);
    return parsed.success ? [[key, parsed.data] as const] : [];
  });
  const soundLog = firings.flatMap((firing) => {
    const parsed = firingCheck.safeParse(firing);
    return parsed.success ? [parsed.data] : [];
  });
  return {
    memory: { states: Object.fromEntries(soundStates), log: soundLog },
    broken: entries.length - soundStates.length + firings.length - soundLog.length,
  };
}
