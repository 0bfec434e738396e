/** How alike two lists rank: 1 the same, -1 the other way round. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const rank = (values: readonly number[]) => {
    const order = values.map((_, i) => i).sort((x, y) => values[x] - values[y]);
    const ranks = new Float64Array(values.length);
    order.forEach((i, place) => (ranks[i] = place));
    return ranks;
  };
  const [p, q] = [rank(a), rank(b)];
  const middle = (a.length - 1) / 2;
  const covariance = p.reduce((sum, value, i) => sum + (value - middle) * (q[i] - middle), 0);
  return covariance / p.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}
