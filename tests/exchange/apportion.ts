/**
 * Splits a whole number in proportion to weights into whole numbers that add up to it exactly. Where the weights are
 * whole and the total is not above their sum, no part exceeds its weight.
 */
export const apportion = (total: number, weights: ArrayLike<number>): number[] => {
  let sum = 0;
  for (let index = 0; index < weights.length; index++) sum += weights[index];
  const parts: number[] = [];
  let seen = 0;
  let given = 0;
  for (let index = 0; index < weights.length; index++) {
    seen += sum > 0 ? weights[index] : 1;
    const upTo = index === weights.length - 1 ? total : Math.round((total * seen) / (sum > 0 ? sum : weights.length));
    parts.push(upTo - given);
    given = upTo;
  }
  return parts;
};
