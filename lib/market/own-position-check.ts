import * as z from 'zod/mini';

import type { ContractId } from './contract';
import type { OwnPosition } from './own-position';
import { isContractId } from './venue-facts';

const positive = z.number().check(z.positive(), z.lte(1e15));

export const contractIdCheck = z.custom<ContractId>(isContractId);

/** What a position must be to be believed, whether it comes from a page of ours or out of the storage. */
export const ownPositionCheck: z.ZodMiniType<OwnPosition> = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(60)),
  contractId: contractIdCheck,
  positionSide: z.enum(['long', 'short']),
  entryPrice: positive,
  size: positive,
  sizeUnit: z.enum(['base', 'usd']),
  margin: z.union([
    z.object({ kind: z.literal('leverage'), leverage: z.number().check(z.gte(1), z.lte(1000)) }),
    z.object({ kind: z.literal('isolated'), margin: positive }),
    z.object({ kind: z.literal('cross'), balance: positive }),
  ]),
});
