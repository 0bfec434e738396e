import '../../english';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { draftFromRule, emptyRuleDraft, ruleFromDraft } from '@/components/own/rule-draft';
import {
  type AlertCondition,
  type AlertRule,
  COOLDOWNS_MS,
  GROWTH_WINDOWS_MS,
  LIQUIDATED_WINDOWS_MS,
} from '@/lib/market/alert';
import { alertRuleCheck } from '@/lib/market/alert-check';

import { CONTRACT } from '../samples';

describe('a draft of a rule', () => {
  it('names each field that is wrong, of the kind that is chosen only', () => {
    const draft = emptyRuleDraft(null);
    expect(Object.keys(ruleFromDraft({ ...draft, within: '0.1' }, 'a')).sort()).toEqual([
      'contract',
      'leastUsd',
      'within',
    ]);
    expect(ruleFromDraft({ ...draft, kind: 'cluster-grows', scope: 'all' }, 'a')).toEqual({
      leastUsd: expect.any(String),
      by: expect.any(String),
    });
    expect(ruleFromDraft({ ...draft, kind: 'own-liquidation', scope: 'all', within: '3' }, 'a')).toMatchObject({
      contractId: null,
      condition: { kind: 'own-liquidation', within: 0.03 },
    });
  });

  it('of a rule is that rule again, and whatever it makes the storage believes', () => {
    const usd = fc.integer({ min: 1, max: 1e9 });
    const percent = fc.integer({ min: 4, max: 100 }).map((tenths) => tenths / 10 / 100);
    const condition: fc.Arbitrary<AlertCondition> = fc.oneof(
      fc.record({ kind: fc.constant('near-cluster' as const), within: percent, leastUsd: usd }),
      fc.record({ kind: fc.constant('own-liquidation' as const), within: percent }),
      fc.record({
        kind: fc.constant('liquidated' as const),
        windowMs: fc.constantFrom(...LIQUIDATED_WINDOWS_MS),
        leastUsd: usd,
      }),
      fc.record({
        kind: fc.constant('cluster-grows' as const),
        windowMs: fc.constantFrom(...GROWTH_WINDOWS_MS),
        unit: fc.constant('usd' as const),
        by: usd,
        leastUsd: usd,
      }),
    );
    const rule: fc.Arbitrary<AlertRule> = fc.record({
      id: fc.constant('a'),
      isOn: fc.constant(true),
      contractId: fc.constantFrom(null, CONTRACT.id),
      condition,
      cooldownMs: fc.constantFrom(...COOLDOWNS_MS),
    });
    fc.assert(
      fc.property(rule, (given) => {
        const again = ruleFromDraft(draftFromRule(given, CONTRACT), 'a') as AlertRule;
        expect(alertRuleCheck.safeParse(again).success).toBe(true);
        if (!('within' in again.condition)) expect(again).toEqual(given);
        else {
          expect(again.condition.within).toBeCloseTo((given.condition as { within: number }).within, 9);
          expect({ ...again, condition: null }).toEqual({ ...given, condition: null });
        }
      }),
    );
  });
});
