import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from 'vitest';

import type { SidesUsd } from '@/lib/market/profile';

import { benchOf, judge, ranks } from './judge';
import { brokenExtremes } from './nulls';
import { RECORDED_DIR, readRecordedSet, recordedSetNames } from './recorded-set';

interface JudgedSide {
  readonly spearman: number;
  readonly addedR2: number;
  readonly dollars: number;
}
interface IndependentJudge {
  readSet(dir: string): unknown;
  judge(
    set: unknown,
    predictions: Map<number, readonly number[]>,
  ): { readonly long?: JudgedSide; readonly short?: JudgedSide };
}

const JUDGE_FILE = path.resolve(RECORDED_DIR, '../tools/judge.mjs');
const names = existsSync(JUDGE_FILE) ? recordedSetNames() : [];

it('ranks share their mean where values are equal', () => {
  expect(ranks([3, 1, 3, 0])).toEqual([2.5, 1, 2.5, 0]);
});

describe.skipIf(names.length === 0)('the judge (skipped: no recorded data)', () => {
  it.each(names)('gives the figures of the independent one on %s', async (name) => {
    const independent = (await import(pathToFileURL(JUDGE_FILE).href)) as IndependentJudge;
    const set = readRecordedSet(name);
    const usd: readonly SidesUsd[] = brokenExtremes(set);
    const bench = benchOf(set);
    const rows = new Map(set.bars.map((bar, i) => [bar.openTimeMs, [usd[i].long, usd[i].short]]));
    const theirs = independent.judge(independent.readSet(path.join(RECORDED_DIR, name)), rows);
    expect(bench === null).toBe(theirs.long === undefined);
    if (bench === null) return;
    const ours = judge(bench, usd);
    for (const side of ['long', 'short'] as const) {
      expect(ours[side].spearman).toBeCloseTo(theirs[side]?.spearman ?? NaN, 3);
      expect(ours[side].addedR2).toBeCloseTo(theirs[side]?.addedR2 ?? NaN, 3);
      expect(ours[side].dollars / (theirs[side]?.dollars ?? NaN)).toBeCloseTo(1, 2);
    }
  });
});
