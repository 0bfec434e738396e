import * as z from 'zod/mini';

import type { AccountPosition } from '@/lib/market/account-position';
import { decimal, positive } from '@/lib/venues/wire';

const positionSchema = z.object({
  coin: z.string(),
  szi: decimal,
  leverage: z.object({ type: z.enum(['isolated', 'cross']), value: positive }),
  entryPx: positive,
  liquidationPx: z.nullable(decimal),
});

/** `clearinghouseState`: what an account holds on one dex. Balances and profits are left unread. */
export const accountSchema = z.object({ assetPositions: z.array(z.object({ position: z.unknown() })) });

/**
 * The account's position in a coin; null where it holds none. Undefined for a row of another shape: what cannot be read must
 * not count as nothing held.
 */
export function positionFrom(
  { assetPositions }: z.infer<typeof accountSchema>,
  coin: string,
): AccountPosition | null | undefined {
  const row = assetPositions.find(({ position }) => (position as { readonly coin?: unknown } | null)?.coin === coin);
  if (row === undefined) return null;
  const parsed = positionSchema.safeParse(row.position);
  if (!parsed.success) return undefined;
  const { szi, leverage, entryPx, liquidationPx } = parsed.data;
  if (szi === 0) return null;
  return {
    positionSide: szi > 0 ? 'long' : 'short',
    qty: Math.abs(szi),
    entryPrice: entryPx,
    leverage: leverage.value,
    isCross: leverage.type === 'cross',
    // A price at or below zero is one that is never reached.
    liquidationPrice: liquidationPx !== null && liquidationPx > 0 ? liquidationPx : null,
  };
}
