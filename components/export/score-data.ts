import type { ContractId } from '@/lib/market/contract';
import type { Score } from '@/lib/market/score';

import type { DataSet } from './data-file';

const FIELDS = [
  'days',
  'eventCount',
  'rankCorrelation',
  'moveRankCorrelation',
  'bitsPerEvent',
  'dayOldBitsPerEvent',
  'topTenthShare',
  'topTenthLift',
  'expectedUsd',
  'observedUsd',
  'intervalCoverage',
] as const satisfies readonly (keyof Score)[];

/** How true a contract's map was, newest day first. */
export const scoresData = (
  contractId: ContractId,
  days: readonly { readonly startMs: number; readonly score: Score }[],
): DataSet => ({
  name: 'scores',
  about: { contract: contractId },
  fields: ['day', ...FIELDS],
  rows: days.map(({ startMs, score }) => [
    new Date(startMs).toISOString().slice(0, 10),
    ...FIELDS.map((field) => score[field]),
  ]),
});
