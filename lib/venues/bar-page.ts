import type { TimeSpan } from '@/lib/core/ranges';
import { ok, type Result } from '@/lib/core/result';
import { BAR_MS, type Bar } from '@/lib/market/bar';

import type { BarClock } from './bar-clock';
import { joinMarkPrices, type MarkBar } from './join-mark-prices';
import type { VenueError } from './venue';

type Answer<T> = Result<T, VenueError>;

/** What a venue tells of the bars of a span, asked for at the same time. */
export interface BarAnswers {
  readonly bars: Promise<Answer<readonly Bar[]>>;
  readonly marks: Promise<Answer<readonly MarkBar[]>>;
  /** Splits closed bars by who took, where they do not tell it themselves. */
  readonly split?: (closed: readonly Bar[]) => Promise<Answer<readonly Bar[]>>;
}

/** The closed bars of a span with all that is known of them. */
export async function joinBarPage(
  answers: BarAnswers,
  span: TimeSpan,
  clock: BarClock,
): Promise<Answer<readonly Bar[]>> {
  const [bars, marks] = await Promise.all([answers.bars, answers.marks]);
  // Bars are stored once, so none must get there that lacks its mark prices only for want of an answer.
  if (!bars.ok) return bars;
  if (!marks.ok) return marks;
  const closed = clock.closed(bars.value, span, BAR_MS);
  const split = (await answers.split?.(closed)) ?? ok(closed);
  return split.ok ? ok(joinMarkPrices(split.value, marks.value, span.endMs, clock.trusted())) : split;
}
