import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Contract, VenueId } from '@/lib/market/contract';
import type { OwnMargin, OwnPosition } from '@/lib/market/own-position';
import type { RiskTier } from '@/lib/market/risk-tier';
import { VENUE_FACTS } from '@/lib/market/venue-facts';
import { inverseLiquidationPrice } from '@/lib/model/inverse-liquidation';
import { LIQUIDATION_RULES, liquidationPrice, positionSign } from '@/lib/model/liquidation-price';
import { ownLiquidationPrice } from '@/lib/model/own-liquidation';

const oneTier = (maintenanceMarginRate: number, maintenanceAmount = 0): readonly RiskTier[] => [
  { notionalFloor: 0, notionalCap: Infinity, maintenanceMarginRate, maintenanceAmount, maxLeverage: 125 },
];
/** The whole position at its bracket's rate, as OKX and Bitget have it. */
const FLAT: readonly RiskTier[] = [
  { notionalFloor: 0, notionalCap: 1e5, maintenanceMarginRate: 0.004, maintenanceAmount: 0, maxLeverage: 100 },
  { notionalFloor: 1e5, notionalCap: Infinity, maintenanceMarginRate: 0.02, maintenanceAmount: 0, maxLeverage: 50 },
];
const of = (venueId: VenueId, settlement: Contract['settlement'] = 'linear') => ({ venueId, settlement }) as const;

const position = (overrides: Partial<OwnPosition>): OwnPosition => ({
  id: 'p',
  contractId: 'binance:BTCUSDT',
  positionSide: 'long',
  entryPrice: 60_000,
  size: 1,
  sizeUnit: 'base',
  margin: { kind: 'leverage', leverage: 20 },
  ...overrides,
});

describe('examples', () => {
  it('Binance’s own cross long of ETHUSDT', () => {
    const balance = 1_535_443.01 - 71_200.81144 - 56_354.57;
    const long = position({ size: 3683.979, entryPrice: 1456.84, margin: { kind: 'cross', balance } });
    expect(ownLiquidationPrice(long, of('binance'), oneTier(0.1, 135_365))).toBeCloseTo(1153.26, 2);
  });

  it('Bitget: (margin - q E s) / (q (rate + 0.0006 - s)), worked by hand', () => {
    const long = position({ margin: { kind: 'isolated', margin: 3_000 } });
    const expected = (3_000 - 60_000) / (0.004 + 0.0006 - 1);
    expect(ownLiquidationPrice(long, of('bitget'), oneTier(0.004))).toBeCloseTo(expected, 6);
  });

  it('an inverse long at 10x: E (1 + rate) / (1 + 1/L), whatever its unit', () => {
    const margin = { kind: 'leverage', leverage: 10 } as const;
    const inUsd = position({ size: 60_000, sizeUnit: 'usd', margin });
    const inCoin = position({ size: 1, margin });
    const expected = (60_000 * 1.005) / 1.1;
    expect(ownLiquidationPrice(inUsd, of('bybit', 'inverse'), oneTier(0.005))).toBeCloseTo(expected, 6);
    expect(ownLiquidationPrice(inCoin, of('binance-coin', 'inverse'), oneTier(0.005))).toBeCloseTo(expected, 6);
  });

  it('tells that no price liquidates a long without leverage, or an inverse short', () => {
    const margin = { kind: 'leverage', leverage: 1 } as const;
    expect(ownLiquidationPrice(position({ margin }), of('binance'), oneTier(0.004))).toBeNull();
    const short = position({ positionSide: 'short', margin });
    expect(ownLiquidationPrice(short, of('binance-coin', 'inverse'), oneTier(0.004))).toBeNull();
  });

  it('where a bracket jumps, a short whose notional grows into it is liquidated at its floor', () => {
    const short = position({
      positionSide: 'short',
      entryPrice: 96_000,
      margin: { kind: 'isolated', margin: 5_000 },
    });
    // At 100,000 it still has 1,000: more than 0.4 %, less than 2 % of it.
    expect(ownLiquidationPrice(short, of('okx'), FLAT)).toBe(100_000);
  });
});

const venueIds = Object.keys(VENUE_FACTS) as VenueId[];
const margin = fc.oneof(
  fc.double({ min: 1, max: 100, noNaN: true }).map((leverage): OwnMargin => ({ kind: 'leverage', leverage })),
  fc.double({ min: 1, max: 1e6, noNaN: true }).map((sum): OwnMargin => ({ kind: 'isolated', margin: sum })),
  fc.double({ min: 1, max: 1e6, noNaN: true }).map((balance): OwnMargin => ({ kind: 'cross', balance })),
);
const anyPosition = fc.record({
  positionSide: fc.constantFrom('long' as const, 'short' as const),
  entryPrice: fc.double({ min: 0.01, max: 1e5, noNaN: true }),
  size: fc.double({ min: 0.01, max: 100, noNaN: true }),
  margin,
});

describe('laws', () => {
  it('a size in USD is the same size in base at entry, linear or inverse', () => {
    fc.assert(
      fc.property(
        anyPosition,
        fc.constantFrom(...venueIds),
        fc.constantFrom('linear' as const, 'inverse' as const),
        (given, venueId, settlement) => {
          const inBase = position(given);
          const inUsd = position({ ...given, size: given.size * given.entryPrice, sizeUnit: 'usd' });
          const [a, b] = [inBase, inUsd].map((each) => ownLiquidationPrice(each, of(venueId, settlement), FLAT));
          if (a === null) expect(b).toBeNull();
          else expect(b! / a).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  it('is what the model says of the same margin by the venue’s rule', () => {
    fc.assert(
      fc.property(anyPosition, fc.double({ min: 10, max: 1e5, noNaN: true }), (given, sum) => {
        const own = position({ ...given, margin: { kind: 'isolated', margin: sum } });
        const { positionSide, entryPrice, size: qty } = own;
        const held = { positionSide, entryPrice, qty, margin: sum };
        expect(ownLiquidationPrice(own, of('gate'), FLAT)).toBe(liquidationPrice(held, FLAT, LIQUIDATION_RULES.gate));
        const inverse = { ...held, qty: qty * entryPrice };
        expect(ownLiquidationPrice(own, of('gate', 'inverse'), FLAT)).toBe(
          inverseLiquidationPrice(inverse, FLAT, LIQUIDATION_RULES.gate),
        );
      }),
    );
  });

  it('more margin never brings it nearer', () => {
    fc.assert(
      fc.property(
        anyPosition,
        fc.constantFrom(...venueIds),
        fc.double({ min: 10, max: 1e5, noNaN: true }),
        (given, venueId, sum) => {
          const at = (margin: number) =>
            ownLiquidationPrice(position({ ...given, margin: { kind: 'isolated', margin } }), of(venueId), FLAT);
          const sign = positionSign(given.positionSide);
          const [less, more] = [at(sum) ?? 0, at(sum * 1.2) ?? 0];
          expect(sign * (less - more)).toBeGreaterThanOrEqual(-1e-6 * less);
        },
      ),
    );
  });
});
