/** The leverage mix that liquidations taught or accounts showed, as it is stored and used until the next one: at most a day. */
export interface MixInForce {
  /** Venue time up to which bars and liquidations count. */
  readonly throughMs: number;
  /** Classes, ascending; a contract whose brackets admit other ones cannot use it. */
  readonly leverages: readonly number[];
  /** Share of opened quantity per class; what they leave of 1 is absorbing. */
  readonly shares: readonly number[];
  /** Standard deviation of each share / the share. */
  readonly relativeDeviations: readonly number[];
  /** Base units of a typical position, weighted by size; NaN where unknown. */
  readonly positionQty: number;
  /** Liquidations that it was learned from; accounts where it was observed. */
  readonly eventCount: number;
  /**
   * `group`: the contract's own were too few, those of its kind at the same venue were enough. `observed`: in public accounts, at
   * a venue that tells no liquidations.
   */
  readonly source: 'own' | 'group' | 'observed';
}
