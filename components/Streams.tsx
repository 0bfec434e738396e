import './Streams.css';
import { formatAge, formatCountdown, NOTHING } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { HealthState, StreamHealth, VenueHealth } from '@/lib/market/health';
import { venueName } from '@/lib/market/venue-facts';

import { causeWords, sentences } from './cause-words';
import { HEALTH_TONES } from './health-tones';
import { Section } from './Section';
import { StateMark } from './StateMark';

interface Props {
  readonly health: VenueHealth;
  /** Machine time. */
  readonly nowMs: number;
}

/** Health of every stream: a shape and a word, how old its last data are, what was broken, what to do. */
export function Streams({ health, nowMs }: Props) {
  // A venue in trouble as a whole is told once, above the figures.
  const isPartial = health.streams.some(({ state }) => state === 'live');
  const notes = health.streams.filter(({ state }) => isPartial && isTroubled(state));
  return (
    <Section title={t('streams.title')} aside={venueName(health.venueId)}>
      <table class="streams">
        <thead>
          <tr>
            <th scope="col">{t('streams.stream')}</th>
            <th scope="col">{t('streams.state')}</th>
            <th scope="col" class="figure">
              {t('streams.broken')}
            </th>
            <th scope="col" class="figure">
              {t('streams.lastData')}
            </th>
          </tr>
        </thead>
        <tbody>
          {health.streams.map((stream) => (
            <StreamRow key={stream.stream} stream={stream} nowMs={nowMs} />
          ))}
        </tbody>
      </table>
      {notes.length > 0 && (
        <ul class="stream-notes">
          {notes.map((stream) => (
            <li key={stream.stream}>
              <strong>{t(`stream.${stream.stream}`)}:</strong> {noteOf(stream, nowMs)}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const isTroubled = (state: HealthState): boolean => /warn|bad/.test(HEALTH_TONES[state]);

function StreamRow({ stream, nowMs }: { stream: StreamHealth; nowMs: number }) {
  return (
    <tr>
      <th scope="row">{t(`stream.${stream.stream}`)}</th>
      <td>
        <span class="state">
          <StateMark tone={HEALTH_TONES[stream.state]} />
          {t(`health.${stream.state}`)}
        </span>
      </td>
      <td class="figure">{stream.brokenCount}</td>
      <td class="figure">{stream.lastDataMs === null ? NOTHING : formatAge(nowMs - stream.lastDataMs)}</td>
    </tr>
  );
}

/** What fails, in the venue's words, and when it is tried again. */
function noteOf({ state, detail, retryAtMs }: StreamHealth, nowMs: number): string {
  const what = detail === '' ? t(`health.${state}`) : causeWords(detail);
  const isTimed = retryAtMs !== null && retryAtMs > nowMs;
  const next = isTimed ? t('retry.in', { time: formatCountdown(retryAtMs - nowMs) }) : t('retry.byItself');
  return sentences(what, next);
}
