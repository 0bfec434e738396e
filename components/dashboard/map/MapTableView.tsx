import { useMemo } from 'preact/hooks';

import { formatDistance, formatUsd } from '@/lib/core/format';
import { formatMoment } from '@/lib/core/format-time';
import { MINUTE_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import { LEVERAGE_GROUPS } from '@/lib/model/profile-from-book';

import type { MapInput } from './map-chart';
import { mapTable } from './map-table';

/** What the map shows, for who cannot see it: brought up to date once a minute. */
export function MapTableView({ days, version, live, nowMs, rangeMs }: MapInput) {
  const minute = Math.floor(nowMs / MINUTE_MS);
  const table = useMemo(
    () => mapTable(days, live?.profile ?? null, nowMs, rangeMs),
    [days, version, live?.profile.groups === undefined, minute, rangeMs],
  );
  if (table === null) return null;
  return (
    <div class="visually-hidden">
      <table class="map-table">
        <caption>{t('map.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('positions.distance')}</th>
            {table.timesMs.map((timeMs) => (
              <th key={timeMs} scope="col">
                {t('map.asOf')} {formatMoment(timeMs)} UTC
              </th>
            ))}
            {table.rows[0].liveByGroup.map((_, g) => (
              <th key={g} scope="col">
                {t('map.leverage')} {LEVERAGE_GROUPS[g].label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ from, to, usd, liveByGroup }) => (
            <tr key={to}>
              <th scope="row">{formatDistance(to > 0 ? to : from, 0)}</th>
              {[...usd, ...liveByGroup].map((each, i) => (
                <td key={i}>{formatUsd(each)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
