/** The last price as the axis has it and as we have it, of two venues or of spot and perpetual at worst. */
const SAME_PRICE = 0.005;
/** Prices that an axis which starts at 100 may show as well: there the two must agree as those of one venue do. */
const INDEX_LIKE = { from: 50, to: 200, samePrice: 0.001 };

/**
 * Labels alone do not tell prices from an index that starts at 100. The last price does: where anything is written on
 * the axis it must be there, else it must lie no further outside the view than the view is tall; near 100 that tells nothing.
 */
export function isInPrices(view: readonly number[], written: readonly number[], price: number): boolean {
  const isIndexLike = price > INDEX_LIKE.from && price < INDEX_LIKE.to;
  const tolerance = isIndexLike ? INDEX_LIKE.samePrice : SAME_PRICE;
  if (written.length > 0) return written.some((each) => Math.abs(each / price - 1) <= tolerance);
  return !isIndexLike && isInView(view, price);
}

/** No further outside the view, from its top to its bottom, than the view is tall. */
export const isInView = ([top, bottom]: readonly number[], value: number): boolean =>
  Math.abs(value - (top + bottom) / 2) <= 1.5 * Math.abs(top - bottom);
