import * as z from 'zod/mini';

import { numberWithin, positiveUpTo, textWithin } from '@/lib/core/checks';

import type { ContractId } from './contract';
import type { OwnPosition } from './own-position';
import { isContractId } from './venue-facts';

const positive = positiveUpTo(1e15);

export const contractIdCheck = z.custom<ContractId>(isContractId);

/** What a position must be to be believed, whether it comes from a page of ours or out of the storage. */
export const ownPositionCheck: z.ZodMiniType<OwnPosition> = z.object({
  id: textWithin(1, 60),
  contractId: contractIdCheck,
  positionSide: z.enum(['long', 'short']),
  entryPrice: positive,
  size: positive,
  sizeUnit: z.enum(['base', 'usd']),
  margin: z.union([
    z.object({ kind: z.literal('leverage'), leverage: numberWithin(1, 1000) }),
    z.object({ kind: z.literal('isolated'), margin: positive }),
    z.object({ kind: z.literal('cross'), balance: positive }),
  ]),
});
