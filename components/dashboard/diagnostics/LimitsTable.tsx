import { formatAge, formatCount, formatCountdown, formatSpan, NOTHING } from '@/lib/core/format';
import { MINUTE_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import type { LimitUse, VenueLimits } from '@/lib/market/request-limit';
import { venueName } from '@/lib/market/venue-facts';

import { ColumnHeads } from './ColumnHeads';

/** What the requests to each venue have used of its limits, and who waits. */
export function LimitsTable({ venues, nowMs }: { venues: readonly VenueLimits[] | null; nowMs: number }) {
  if (venues === null) return <p role="status">{t('own.waiting')}</p>;
  return (
    <table class="diagnostics limits" aria-label={t('limits.title')}>
      <ColumnHeads words={['limits.limit', 'limits.used', 'limits.venueSays', 'limits.waiting']} />
      <tbody>
        {venues.flatMap(({ venueId, limits, waitUntilMs }) =>
          limits.map((limit) => (
            <tr key={`${venueId} ${limit.name}`}>
              <th scope="row">
                {venueName(venueId)} <span class="caption">{limit.name}</span>
              </th>
              <td>
                {t('limits.of', {
                  used: formatCount(limit.used),
                  capacity: formatCount(limit.capacity),
                  time: windowWords(limit.windowMs),
                })}
              </td>
              <td>{toldWords(limit, nowMs)}</td>
              <td>{waitWords(limit, waitUntilMs, nowMs)}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

const windowWords = (windowMs: number): string =>
  windowMs < MINUTE_MS ? formatCountdown(windowMs) : formatSpan(windowMs);

const toldWords = ({ told }: LimitUse, nowMs: number): string =>
  told === null ? NOTHING : `${formatCount(told.used)} · ${formatAge(Math.max(0, nowMs - told.atMs))}`;

/** How many requests wait for room, and until when nothing is sent. */
function waitWords({ waiting, roomAtMs }: LimitUse, waitUntilMs: number | null, nowMs: number): string {
  const untilMs = Math.max(waitUntilMs ?? 0, roomAtMs ?? 0);
  const time = untilMs > nowMs ? t('retry.in', { time: formatCountdown(untilMs - nowMs) }) : '';
  return waiting === 0 && time === '' ? NOTHING : `${formatCount(waiting)} ${time}`.trim();
}
