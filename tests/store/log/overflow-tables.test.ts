import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { createMemoryTables } from '@/lib/store/log/memory-tables';
import { createOverflowTables } from '@/lib/store/log/overflow-tables';
import { TABLE_KEYS, type TableName, type Tables } from '@/lib/store/log/tables';

let nowMs: number;
let isFull: boolean;
let disk: Tables;
let tables: Tables;
const problems: (string | null)[] = [];

beforeEach(() => {
  nowMs = 0;
  isFull = false;
  problems.length = 0;
  disk = createMemoryTables();
  tables = createOverflowTables(
    {
      ...disk,
      // Like a browser's: the work is done, and then the transaction is undone.
      write: async (table, work) => {
        if (!isFull) return disk.write(table, work);
        await disk.read(table, (rows) => work({ ...rows, ...NOWHERE }));
        throw new DOMException('full', 'QuotaExceededError');
      },
    },
    { now: () => nowMs, onProblem: (message) => void problems.push(message) },
  );
});

const NOWHERE = {
  add: async () => true,
  put: async () => {},
  deleteRange: async () => {},
  deleteOwner: async () => {},
};
const bar = (contractId: string, startMs: number, value = 0) => ({ contractId, startMs, value });
const readAll = (from: Tables, owner: string) => from.read('bars', (rows) => rows.range(owner, -Infinity, Infinity));

describe('tables on a disk that is full', () => {
  it('keep rows in memory, say so, and bring them to the disk when it takes them again', async () => {
    await tables.write('bars', (rows) => rows.put(bar('a', 1)));
    isFull = true;
    await tables.write('bars', (rows) => rows.put(bar('a', 2)));
    expect(problems).toEqual(['storeFull']);
    expect(await readAll(tables, 'a')).toEqual([bar('a', 1), bar('a', 2)]);
    expect(await readAll(disk, 'a')).toEqual([bar('a', 1)]);
    isFull = false;
    await tables.write('bars', (rows) => rows.put(bar('a', 3)));
    expect(await readAll(disk, 'a')).toEqual([bar('a', 1)]);
    nowMs = 60_000;
    await tables.write('bars', (rows) => rows.put(bar('a', 4)));
    expect(problems).toEqual(['storeFull', null]);
    expect(await readAll(disk, 'a')).toEqual([1, 2, 3, 4].map((startMs) => bar('a', startMs)));
  });

  it('bring what is written once to the disk with the first write of anything that it takes', async () => {
    isFull = true;
    await tables.write('seeds', (rows) => rows.put({ contractId: 'a' }));
    await tables.write('bars', (rows) => rows.put(bar('a', 1)));
    isFull = false;
    nowMs = 60_000;
    await tables.write('bars', (rows) => rows.put(bar('a', 2)));
    await vi.waitFor(() => expect(problems.at(-1)).toBeNull());
    expect(await disk.read('seeds', (rows) => rows.get(['a']))).toEqual({ contractId: 'a' });
  });

  it.each([
    ['events before the spans in which they count as recorded', ['tape', 'feedSpans']],
    ['liquidations of contracts before the tape that counts them as handed on', ['liquidations', 'tape']],
    ['all that leads to a span', ['liquidations', 'tape', 'recordedSpans']],
    ['what was folded before the fold', ['bars', 'minutes', 'openInterest', 'checkpoints']],
  ] as const)('bring to the disk %s', async (_what, order) => {
    const written: string[] = [];
    const watched = createOverflowTables(
      {
        ...disk,
        write: async (table, work) => {
          if (isFull) throw new DOMException('full', 'QuotaExceededError');
          written.push(table);
          return disk.write(table, work);
        },
      },
      { now: () => nowMs, onProblem: () => {} },
    );
    const put = (table: TableName) =>
      watched.write(table, (rows) => rows.put(Object.fromEntries(TABLE_KEYS[table].map((key) => [key, 1]))));
    isFull = true;
    for (const table of order.slice(0, -1)) await put(table);
    isFull = false;
    nowMs = 60_000;
    await put(order[order.length - 1]);
    expect(written).toEqual(order);
  });

  it('name other failures, pass them on, and take them back with the next write that works', async () => {
    const failing = createOverflowTables(
      { ...disk, write: (table, work) => (isFull ? Promise.reject(new TypeError('odd')) : disk.write(table, work)) },
      { now: () => nowMs, onProblem: (message) => void problems.push(message) },
    );
    isFull = true;
    await expect(failing.write('bars', (rows) => rows.put(bar('a', 1)))).rejects.toThrow('odd');
    isFull = false;
    await failing.write('bars', (rows) => rows.put(bar('a', 1)));
    expect(problems).toEqual([expect.any(String), null]);
  });

  it('hold what tables without a limit would hold, whatever is done in which order', async () => {
    const owner = fc.constantFrom('a', 'b');
    const time = fc.integer({ min: 0, max: 6 });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('put' as const), owner, time, value: fc.integer() }),
      fc.record({ kind: fc.constant('add' as const), owner, time, value: fc.integer() }),
      fc.record({ kind: fc.constant('range' as const), owner, time, value: time }),
      fc.record({ kind: fc.constant('before' as const), owner, time, value: time }),
      fc.record({ kind: fc.constant('owner' as const), owner, time, value: time }),
      fc.record({ kind: fc.constant('full' as const), owner, time, value: fc.integer({ min: 0, max: 1 }) }),
      fc.record({ kind: fc.constant('wait' as const), owner, time, value: time }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const plain = createMemoryTables();
        [nowMs, isFull, disk] = [0, false, createMemoryTables()];
        const inner = disk;
        const both = [
          plain,
          createOverflowTables(
            {
              ...inner,
              write: (table, work) =>
                isFull ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : inner.write(table, work),
            },
            { now: () => nowMs, onProblem() {} },
          ),
        ];
        for (const { kind, owner: of, time: at, value } of steps) {
          if (kind === 'full') isFull = value === 1;
          else if (kind === 'wait') nowMs += 20_000;
          else {
            const answers = [];
            for (const each of both)
              answers.push(
                await each.write('bars', async (rows) => {
                  if (kind === 'put') await rows.put(bar(of, at, value));
                  else if (kind === 'range') await rows.deleteRange(of, at, value);
                  else if (kind === 'before') await rows.deleteRange(of, -Infinity, at);
                  else if (kind === 'owner') await rows.deleteOwner(of);
                  else return rows.add(bar(of, at, value));
                  return rows.count(of);
                }),
              );
            expect(answers[1]).toEqual(answers[0]);
          }
          for (const each of ['a', 'b']) expect(await readAll(both[1], each)).toEqual(await readAll(plain, each));
        }
        [isFull, nowMs] = [false, nowMs + 60_000];
        await both[1].write('bars', (rows) => rows.count('a'));
        for (const each of ['a', 'b']) expect(await readAll(inner, each)).toEqual(await readAll(plain, each));
      }),
    );
  });
});
