import '../../english';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { numberFromText, textFromNumber } from '@/components/own/numbers';
import { draftFromPosition, emptyDraft, positionFromDraft } from '@/components/own/position-draft';
import { setLocale } from '@/lib/core/locale';
import type { OwnPosition } from '@/lib/market/own-position';
import { ownPositionCheck } from '@/lib/market/own-position-check';

import { CONTRACT } from '../samples';

const filled = { ...emptyDraft(CONTRACT), entryPrice: '60,250.5', size: '0.25', margin: '20' };

describe('a number in a field', () => {
  it.each([
    ['1250.5', 1250.5],
    [' 60,250.5 ', 60_250.5],
    ['1,234,567', 1_234_567],
    ['.5', 0.5],
    ['5.', 5],
    ['0', null],
    ['-3', null],
    ['', null],
    ['1e5', null],
    ['12,5', null],
    ['60.250,5', null],
    ['1.2.3', null],
    ['∞', null],
    // No thousands, whoever meant it: a thousand times what was meant is worse than a question.
    ['0,250', null],
    ['0,001', null],
  ])('%s is %s', (text, value) => expect(numberFromText(text)).toBe(value));

  describe('where a comma parts the decimals', () => {
    beforeAll(() => setLocale('pt-BR'));
    afterAll(() => setLocale('en'));

    it.each([
      ['0,250', 0.25],
      ['1,125', 1.125],
      ['61.000', 61_000],
      ['61 000,5', 61_000.5],
      ['1.250,5', 1250.5],
      ['1250.5', 1250.5],
      ['0.125', 0.125],
      ['1,250,500', null],
      ['1,2.3', null],
    ])('%s is %s', (text, value) => expect(numberFromText(text)).toBe(value));

    it('is read as it is written', () => {
      fc.assert(
        fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (value) => {
          expect(numberFromText(textFromNumber(value))! / value).toBeCloseTo(1, 12);
        }),
      );
      expect(textFromNumber(1.125)).toBe('1,125');
    });
  });
});

describe('a draft', () => {
  it('is a position once every field is right', () => {
    expect(positionFromDraft(filled, 'a')).toEqual({
      id: 'a',
      contractId: 'binance:BTCUSDT',
      positionSide: 'long',
      entryPrice: 60_250.5,
      size: 0.25,
      sizeUnit: 'base',
      margin: { kind: 'leverage', leverage: 20 },
    });
  });

  it('names each field that is wrong', () => {
    const errors = positionFromDraft(emptyDraft(null), 'a');
    expect(Object.keys(errors).sort()).toEqual(['contract', 'entryPrice', 'margin', 'size']);
    expect(positionFromDraft({ ...filled, margin: '0.5' }, 'a')).toEqual({ margin: 'Leverage is between 1 and 1,000' });
    expect(positionFromDraft({ ...filled, margin: '0.5', marginKind: 'cross' }, 'a')).toMatchObject({
      margin: { kind: 'cross', balance: 0.5 },
    });
  });

  it('starts in USD for an inverse contract', () => {
    expect(emptyDraft({ ...CONTRACT, settlement: 'inverse' }).sizeUnit).toBe('usd');
  });

  it('of a position is that position again, and whatever it makes the storage believes', () => {
    const positive = fc.double({ min: 1e-9, max: 1e12, noNaN: true }).map((value) => Number(value.toPrecision(12)));
    const margin = fc.oneof(
      fc.integer({ min: 1, max: 125 }).map((leverage) => ({ kind: 'leverage', leverage }) as const),
      positive.map((sum) => ({ kind: 'isolated', margin: sum }) as const),
      positive.map((balance) => ({ kind: 'cross', balance }) as const),
    );
    const position = fc.record({
      id: fc.constant('a'),
      contractId: fc.constant(CONTRACT.id),
      positionSide: fc.constantFrom('long' as const, 'short' as const),
      entryPrice: positive,
      size: positive,
      sizeUnit: fc.constantFrom('base' as const, 'usd' as const),
      margin,
    });
    fc.assert(
      fc.property(position, (given: OwnPosition) => {
        const again = positionFromDraft(draftFromPosition(given, CONTRACT), 'a');
        expect(again).toEqual(given);
        expect(ownPositionCheck.safeParse(again).success).toBe(true);
      }),
    );
  });
});
