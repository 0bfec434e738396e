import type { PositionSide } from './liquidation';

/** A position that its venue publishes: true where the map only infers. */
export interface AccountPosition {
  readonly positionSide: PositionSide;
  /** In the contract's unit. */
  readonly qty: number;
  readonly entryPrice: number;
  readonly leverage: number;
  /** Margined by the whole account, so that other positions move its liquidation price. */
  readonly isCross: boolean;
  /** Mark price of its forced closing, as the venue states it; null where no price leads to it. */
  readonly liquidationPrice: number | null;
}

/** One as it was at a moment. */
export interface ObservedPosition extends AccountPosition {
  /** Venue time. */
  readonly observedMs: number;
}
