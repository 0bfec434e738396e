import type { BookConfig } from '@/lib/model/book-config';
import type { LearningState } from '@/lib/model/leverage-learning';
import { packLearning, unpackLearning } from '@/lib/model/pack-learning';
import {
  restorePositionBook,
  serializePositionBook,
  type BookSnapshot,
  type PositionBook,
} from '@/lib/model/position-book';
import type { Checkpoint } from '@/lib/store/log/derived-log';

/** A fold's state: its book, and the sums of what its liquidations taught; their evidence is stored apart. */
interface FoldSnapshot {
  readonly book: BookSnapshot;
  readonly learningSums: Float64Array;
  /** Learning began here; -Infinity where it was never reset. */
  readonly learningStartMs: number;
}

export const checkpointSnapshot = (
  book: PositionBook,
  learning: LearningState,
  learningStartMs: number,
): FoldSnapshot => ({
  book: serializePositionBook(book),
  learningSums: packLearning(learning).sums,
  learningStartMs,
});

/** The newest checkpoint that is sound: a damaged one is a lost shortcut, no more. */
export function restoreNewest(
  config: BookConfig,
  checkpoints: readonly Checkpoint[],
  historyStartMs: number,
  learningStartMs: number,
): { book: PositionBook; learning: LearningState; throughMs: number } | null {
  for (const { throughMs, snapshot } of checkpoints) {
    if (throughMs < historyStartMs) continue;
    try {
      const stored = snapshot as FoldSnapshot;
      const book = restorePositionBook(config, stored.book);
      const learning = restoreSums(stored.learningSums, config.classes.length);
      if (book !== null && learning !== null && stored.learningStartMs === learningStartMs)
        return { book, learning, throughMs };
    } catch {
      // What is stored has another shape than any snapshot: the one before it may be whole, or the log is folded anew.
    }
  }
  return null;
}

const restoreSums = (sums: Float64Array, classCount: number): LearningState | null =>
  unpackLearning({ sums, evidence: new Float64Array(), evidenceWidth: classCount + 2 }, classCount);
