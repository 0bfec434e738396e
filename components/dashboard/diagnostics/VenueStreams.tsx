import { causeWords, sentences } from '@/components/cause-words';
import { HEALTH_TONES } from '@/components/health-tones';
import { StateMark } from '@/components/StateMark';
import { formatAge, formatCountdown, NOTHING } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { StreamHealth, VenueHealth } from '@/lib/market/health';
import { venueName } from '@/lib/market/venue-facts';

/** Every stream of a venue: its state, since when, how old its last data are, and what fails. */
export function VenueStreams({ health: { venueId, streams }, nowMs }: { health: VenueHealth; nowMs: number }) {
  const name = venueName(venueId);
  return (
    <table class="diagnostics" aria-label={name}>
      <thead>
        <tr>
          <th scope="col" class="venue">
            {name}
          </th>
          <th scope="col">{t('streams.state')}</th>
          <th scope="col">{t('diagnostics.since')}</th>
          <th scope="col">{t('streams.lastData')}</th>
          <th scope="col">{t('streams.broken')}</th>
        </tr>
      </thead>
      <tbody>
        {streams.map((stream) => (
          <StreamRows key={stream.stream} stream={stream} nowMs={nowMs} />
        ))}
      </tbody>
    </table>
  );
}

function StreamRows({ stream, nowMs }: { stream: StreamHealth; nowMs: number }) {
  const { state, sinceMs, lastDataMs, brokenCount, detail, retryAtMs } = stream;
  const isTimed = retryAtMs !== null && retryAtMs > nowMs;
  const fault = sentences(
    causeWords(detail),
    isTimed ? t('retry.in', { time: formatCountdown(retryAtMs - nowMs) }) : '',
  );
  return (
    <>
      <tr>
        <th scope="row">{t(`stream.${stream.stream}`)}</th>
        <td>
          <span class="state">
            <StateMark tone={HEALTH_TONES[state]} />
            {t(`health.${state}`)}
          </span>
        </td>
        <td>{formatAge(nowMs - sinceMs)}</td>
        <td>{lastDataMs === null ? NOTHING : formatAge(nowMs - lastDataMs)}</td>
        <td class="broken">{brokenCount}</td>
      </tr>
      {fault !== '' && (
        <tr>
          <td colSpan={5} class="stream-fault">
            {fault}
          </td>
        </tr>
      )}
    </>
  );
}
