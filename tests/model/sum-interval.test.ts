import { expect, it } from 'vitest';

import { createPastSums } from '@/lib/model/sum-interval';

const brute = (past: readonly (readonly [number, number])[], usd: number) => {
  const near = past
    .map(([expected, observed]) => ({
      far: Math.abs(Math.log1p(expected) - Math.log1p(usd)),
      ratio: observed / (1 + expected),
    }))
    .sort((a, b) => a.far - b.far)
    .slice(0, 100)
    .map(({ ratio }) => ratio)
    .sort((a, b) => a - b);
  return {
    low: near[Math.floor(0.1 * near.length)] * (1 + usd),
    high: near[Math.floor(0.9 * near.length)] * (1 + usd),
  };
};

it('rests on the hundred stretches that were expected to be most alike', () => {
  const past = createPastSums();
  const all: [number, number][] = [];
  expect(past.intervalOf(5)).toBeNull();
  for (let i = 0; i < 350; i++) {
    const expected = ((i * 7919) % 350) ** 2 + 0.5;
    const observed = expected * ((i * 104_729) % 97);
    past.add(expected, observed);
    all.push([expected, observed]);
    // Between two expectations, so that no two are as near.
    for (const usd of [0.1, 3_000.3, 1e6]) expect(past.intervalOf(usd)).toEqual(brute(all, usd));
  }
  expect(past.count).toBe(350);
});

it('of nothing expected tells what came of nothing', () => {
  const past = createPastSums();
  for (let i = 0; i < 200; i++) past.add(0, i < 150 ? 0 : 1_000);
  for (let i = 0; i < 200; i++) past.add(1e6, 1e6);
  expect(past.intervalOf(0)?.low).toBe(0);
  expect(past.intervalOf(1e6)).toEqual({ low: 1e6, high: 1e6 });
});
