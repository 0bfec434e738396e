/** A trade as a venue published it. */
export interface Trade {
  readonly timeMs: number;
  readonly price: number;
  /** In the contract's unit. */
  readonly qty: number;
  /** Whether the buyer took the offer, as against the seller. */
  readonly isTakerBuy: boolean;
  /** Public accounts of buyer and seller, where the venue names them. */
  readonly traders?: readonly string[];
}
