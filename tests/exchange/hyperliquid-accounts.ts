import { floorToStep, SECOND_MS } from '@/lib/core/time';
import type { PositionSide } from '@/lib/market/liquidation';
import { mixSeeds } from '@/tests/market/synthetic-random';

import type { Derivation } from './derived-listing';
import { stepDigits } from './instruments';
import type { Listing } from './source-book';

/** What an account holds of a coin, in the coin's own prices and sizes. */
export interface HeldPosition {
  readonly account: string;
  readonly positionSide: PositionSide;
  readonly qty: number;
  readonly entryPrice: number;
  readonly leverage: number;
  readonly isCross: boolean;
  readonly margin: number;
  readonly liquidationPrice: number | null;
}

export interface CoinAccounts {
  /** Every position at a moment, by account; empty where a recording stands behind the coin, as nobody knows who traded it. */
  held(nowMs: number): ReadonlyMap<string, HeldPosition>;
  /** Buyer and seller of what was traded in a slot: any two of the market's traders. */
  tradersOf(slot: number): readonly [buyer: string, seller: string];
}

const NOBODY = [`0x${'a'.repeat(40)}`, `0x${'b'.repeat(40)}`] as const;

const addressOf = (trader: number): string => `0x${(trader + 1).toString(16).padStart(40, '0')}`;

/** The market's traders as the venue's accounts: each holds here what the venue's share makes of its position. */
export const createCoinAccounts = (
  market: Listing,
  { qtyStep, maxLeverage }: { readonly qtyStep: number; readonly maxLeverage: number },
  { priceFactor, qtyFactor }: Derivation,
): CoinAccounts => {
  const digits = stepDigits(qtyStep);
  const toQty = (qty: number): number => Number((qty * qtyFactor).toFixed(digits));
  let newest: { readonly timeMs: number; readonly held: ReadonlyMap<string, HeldPosition> } | null = null;

  const heldAt = (timeMs: number): ReadonlyMap<string, HeldPosition> => {
    const truth = market.truth();
    if (truth === null) return new Map();
    // Positions are known as far as the market has been traded.
    market.source().bar(timeMs);
    const positions = truth.positionsAt(timeMs).filter(({ qty }) => toQty(qty) > 0);
    return new Map(
      positions.map((position) => {
        const { trader, positionSide, isCross, leverage, liquidationPrice } = position;
        const account = addressOf(trader);
        const held: HeldPosition = {
          account,
          positionSide,
          qty: toQty(position.qty),
          entryPrice: position.entryPrice * priceFactor,
          leverage: Math.min(leverage, maxLeverage),
          isCross,
          margin: position.margin * qtyFactor * priceFactor,
          liquidationPrice: liquidationPrice === null ? null : liquidationPrice * priceFactor,
        };
        return [account, held];
      }),
    );
  };

  return {
    held(nowMs) {
      const timeMs = floorToStep(nowMs, SECOND_MS);
      if (newest?.timeMs !== timeMs) newest = { timeMs, held: heldAt(timeMs) };
      return newest.held;
    },
    tradersOf(slot) {
      const count = market.truth()?.options.traderCount ?? 0;
      if (count < 2) return NOBODY;
      const buyer = mixSeeds(slot, 1) % count;
      const seller = (buyer + 1 + (mixSeeds(slot, 2) % (count - 1))) % count;
      return [addressOf(buyer), addressOf(seller)];
    },
  };
};
