import { expect, it } from 'vitest';

import { parseFrames as parseBitget } from '@/lib/venues/bitget/frames';
import { parseFrames as parseOkx } from '@/lib/venues/okx/frames';
import { decimal, numberOf, textOf } from '@/lib/venues/wire';

/** What JSON can hold and JavaScript cannot make a text or a number of. */
const STUBBORN: unknown = JSON.parse('{"toString":1,"valueOf":2}');

it('makes a text and a number of whatever a venue sends', () => {
  expect([textOf('a'), textOf(5), textOf(undefined), textOf(STUBBORN)]).toEqual([
    'a',
    '5',
    '',
    '{"toString":1,"valueOf":2}',
  ]);
  expect([numberOf('7'), numberOf(7)]).toEqual([7, 7]);
  for (const other of [STUBBORN, null, [3], true, undefined]) expect(numberOf(other)).toBeNaN();
});

it('takes no blank for nought', () => {
  for (const blank of ['', ' ', '\t', null]) expect(decimal.safeParse(blank).success).toBe(false);
  expect(decimal.parse('0')).toBe(0);
});

it('calls a frame broken or refused whose time or words are an object that resists', () => {
  const arg = { instType: 'usdt-futures', topic: 'ticker', symbol: 'BTCUSDT' };
  expect(parseBitget(JSON.stringify({ action: 'update', arg, data: [], ts: STUBBORN }))).toMatchObject([
    { kind: 'broken' },
  ]);
  expect(parseBitget(JSON.stringify({ event: 'error', arg, msg: STUBBORN }))).toMatchObject([{ kind: 'refused' }]);
  expect(parseOkx(JSON.stringify({ event: 'error', msg: STUBBORN }), () => undefined)).toMatchObject([
    { kind: 'refused' },
  ]);
});
