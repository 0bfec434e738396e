import { describe, expect, it } from 'vitest';

import { accountSchema, positionFrom } from '@/lib/venues/hyperliquid/account-wire';

import { fixturesOf, withValue } from '../fixtures';

const { fixture } = fixturesOf('hyperliquid');
const STATE = fixture('clearinghouse-state');
const read = (state: unknown, coin: string) => positionFrom(accountSchema.parse(state), coin);
const position = (row: number, key: string) => ['assetPositions', row, 'position', key];

describe('what an account holds', () => {
  it('is read for a long with isolated margin', () => {
    expect(read(STATE, 'ETH')).toEqual({
      positionSide: 'long',
      qty: 0.0335,
      entryPrice: 2986.3,
      leverage: 20,
      isCross: false,
      liquidationPrice: 2866.26936529,
    });
  });

  it('is read for a short with cross margin', () => {
    expect(read(STATE, 'BTC')).toEqual({
      positionSide: 'short',
      qty: 0.015,
      entryPrice: 86940.5,
      leverage: 16,
      isCross: true,
      liquidationPrice: 943518.8012820513,
    });
  });

  it.each([[null], ['0.0'], ['-12.5']])('may have no price that liquidates it: %j', (price) => {
    expect(read(withValue(STATE, position(2, 'liquidationPx'), price), 'kPEPE')).toMatchObject({
      qty: 1200,
      liquidationPrice: null,
    });
  });

  it('may be nothing', () => {
    expect(read(STATE, 'SOL')).toBeNull();
    expect(read(withValue(STATE, ['assetPositions'], []), 'ETH')).toBeNull();
    expect(read(withValue(STATE, position(0, 'szi'), '0.0'), 'ETH')).toBeNull();
  });

  it.each([
    ['szi', 'much'],
    ['entryPx', '0'],
    ['entryPx', undefined],
    ['leverage', { type: 'portfolio', value: 3 }],
    ['leverage', null],
    ['liquidationPx', 'NaN'],
    ['liquidationPx', undefined],
  ])('is not taken for nothing where %s is %j', (key, value) => {
    const broken = withValue(STATE, position(0, key), value);
    expect(read(broken, 'ETH')).toBeUndefined();
    expect(read(broken, 'BTC')).not.toBeUndefined();
  });

  it.each([[null], [{}], [{ assetPositions: {} }], [{ assetPositions: [null] }]])('is refused whole: %j', (state) => {
    expect(accountSchema.safeParse(state).success).toBe(false);
  });
});
