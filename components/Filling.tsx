import './Filling.css';
import { formatCountdown } from '@/lib/core/format';

import { SkeletonCards } from './Skeleton';

interface Props {
  readonly daysDone: number;
  readonly daysTotal: number;
  /** Null until the pace is known. */
  readonly leftMs: number | null;
}

/** History is loading: how much is there, how long it will take. No figures until the map is whole. */
export function Filling({ daysDone, daysTotal, leftMs }: Props) {
  const total = Math.round(daysTotal);
  return (
    <section class="filling" aria-label="Loading history">
      <div class="filling-head">
        <h2>Filling the past {total} days</h2>
        <span>
          {Math.floor(daysDone)} of {total} d{leftMs !== null && ` · ${formatCountdown(leftMs)} left`}
        </span>
      </div>
      <progress aria-label="Days loaded" value={daysDone} max={daysTotal} />
      <SkeletonCards />
      <p>Levels appear once the history is whole.</p>
    </section>
  );
}
