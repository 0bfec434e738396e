import './Streams.css';
import { formatAge, formatCountdown, NOTHING } from '@/lib/core/format';
import type { HealthState, StreamHealth, VenueHealth } from '@/lib/market/health';
import { venueName } from '@/lib/market/venue-facts';

import { Section } from './Section';
import { StateMark } from './StateMark';
import { HEALTH_WORDS, STREAM_WORDS } from './stream-words';

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
    <Section title="Streams" aside={venueName(health.venueId)}>
      <table class="streams">
        <thead>
          <tr>
            <th scope="col">Stream</th>
            <th scope="col">State</th>
            <th scope="col" class="figure">
              Broken frames
            </th>
            <th scope="col" class="figure">
              Last data
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
              <strong>{STREAM_WORDS[stream.stream]}:</strong> {noteOf(stream, nowMs)}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const isTroubled = (state: HealthState): boolean => /warn|bad/.test(HEALTH_WORDS[state].tone);

function StreamRow({ stream, nowMs }: { stream: StreamHealth; nowMs: number }) {
  const { tone, word } = HEALTH_WORDS[stream.state];
  return (
    <tr>
      <th scope="row">{STREAM_WORDS[stream.stream]}</th>
      <td>
        <span class="state">
          <StateMark tone={tone} />
          {word}
        </span>
      </td>
      <td class="figure">{stream.brokenCount}</td>
      <td class="figure">{stream.lastDataMs === null ? NOTHING : formatAge(nowMs - stream.lastDataMs)}</td>
    </tr>
  );
}

/** What fails, in the venue's words, and when it is tried again. */
function noteOf({ state, detail, retryAtMs }: StreamHealth, nowMs: number): string {
  // Some details are sentences, some are not.
  const what = detail === '' ? HEALTH_WORDS[state].word : detail.replace(/\.$/, '');
  const isTimed = retryAtMs !== null && retryAtMs > nowMs;
  return `${what}. ${isTimed ? `Next try in ${formatCountdown(retryAtMs - nowMs)}.` : 'It is tried again by itself.'}`;
}
