/** Bin i of the grid covers prices [exp(i w), exp((i + 1) w)), w = bin width in ln(price). */
export const priceToBin = (price: number, binWidth: number): number => Math.floor(Math.log(price) / binWidth);

/** Lower edge of a bin; `priceToBin` of anything up to the next bin's edge gives the bin back. */
export const binToPrice = (bin: number, binWidth: number): number => Math.exp(bin * binWidth);

/**
 * The short side's own axis, bins counted downwards in price, and its own inverse. On it a price that goes against the
 * positions falls for shorts as it does for longs, so each step of the fold is written once.
 */
export const mirrorBin = (bin: number): number => -1 - bin;
