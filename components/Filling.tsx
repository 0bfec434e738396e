import './Filling.css';
import { formatCountdown } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';

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
    <section class="filling" aria-label={t('filling.label')}>
      <div class="filling-head">
        <h2>{t('filling.title', { count: total })}</h2>
        <span>
          {t('filling.done', { done: Math.floor(daysDone), total })}
          {leftMs !== null && ` · ${t('filling.left', { time: formatCountdown(leftMs) })}`}
        </span>
      </div>
      <progress aria-label={t('filling.progress')} value={daysDone} max={daysTotal} />
      <SkeletonCards />
      <p>{t('filling.note')}</p>
    </section>
  );
}
