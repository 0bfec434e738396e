import { expect, it } from 'vitest';

import { createTurns } from '@/lib/services/scheduling/turns';

it('runs one piece of work at a time, in order, also after one that failed', async () => {
  const inTurn = createTurns();
  const seen: string[] = [];
  const work =
    (name: string, fails = false) =>
    async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const [first, second, third] = [inTurn(work('a')), inTurn(work('b', true)), inTurn(work('c'))];
  await expect(second).rejects.toThrow('b');
  expect([await first, await third]).toEqual(['a', 'c']);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

it('runs as many at a time as it was made for', async () => {
  const inTurn = createTurns(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const works = [0, 1, 2, 3].map((i) =>
    inTurn(() => {
      begun.push(i);
      return new Promise<void>((resolve) => void ends.push(resolve));
    }),
  );
  expect(begun).toEqual([0, 1]);
  ends[1]();
  await works[1];
  expect(begun).toEqual([0, 1, 2]);
  ends[0]();
  ends[2]();
  await works[2];
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[3]();
  await Promise.all(works);
});
