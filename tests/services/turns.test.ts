import { expect, it } from 'vitest';

import { createTurns } from '@/lib/services/turns';

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
