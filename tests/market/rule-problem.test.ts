import fc from 'fast-check';
import { expect, it } from 'vitest';

import { alertRuleCheck, quietHoursCheck } from '@/lib/market/alert-check';
import { quietProblem, ruleProblem } from '@/lib/market/rule-problem';

const odd = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  'x',
  'x y',
  0,
  -1,
  0.5,
  1,
  2,
  1e16,
  NaN,
  true,
  'usd',
  'share',
  [],
  {},
);
const condition = fc.record(
  {
    kind: fc.constantFrom<unknown>('near-cluster', 'liquidated', 'cluster-grows', 'own-liquidation', 'other', 7),
    within: odd,
    leastUsd: odd,
    windowMs: odd,
    unit: odd,
    by: odd,
  },
  { requiredKeys: ['kind'] },
);
const rule = fc.record(
  {
    id: odd,
    isOn: odd,
    contractId: fc.constantFrom<unknown>(null, 'binance:BTCUSDT', 'mtgox:BTC', 'binance:', 7),
    cooldownMs: odd,
    condition: fc.oneof(condition, odd),
  },
  { requiredKeys: ['condition'] },
);
const sound = fc.record({
  id: fc.constant('a'),
  isOn: fc.boolean(),
  contractId: fc.constantFrom(null, 'binance:BTCUSDT'),
  cooldownMs: fc.constant(60_000),
  condition,
});

it('allows the rules that the background allows, and no other', () => {
  fc.assert(
    fc.property(fc.oneof(rule, sound, odd), (value) => {
      expect(ruleProblem(value) === null).toBe(alertRuleCheck.safeParse(value).success);
    }),
    { numRuns: 500 },
  );
});

it('allows the quiet hours that the background allows, and no other', () => {
  const minute = fc.constantFrom<unknown>(0, 1_439, 1_440, -1, 0.5, '7', undefined);
  fc.assert(
    fc.property(
      fc.oneof(fc.record({ fromMinute: minute, toMinute: minute }), fc.constantFrom(null, 7, [])),
      (value) => {
        expect(quietProblem(value) === null).toBe(quietHoursCheck.safeParse(value).success);
      },
    ),
  );
});
