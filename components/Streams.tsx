import './Streams.css';
import { formatAge, formatCountdown, NOTHING } from '@/lib/core/format';
import type { StreamHealth, VenueHealth } from '@/lib/market/health';

import { Section } from './Section';
import { StateMark } from './StateMark';
import { HEALTH_WORDS, STREAM_WORDS } from './stream-words';
import { venueName } from './venue-name';

interface Props {
  readonly health: VenueHealth;
  /** Machine time. */
  readonly nowMs: number;
  readonly onRetry: () => void;
}

/** Health of every stream: a shape and a word, how old its last data are, what was broken, what to do. */
export function Streams({ health, nowMs, onRetry }: Props) {
  const troubled = health.streams.filter((stream) => stream.detail !== '' || HEALTH_WORDS[stream.state].advice !== '');
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
      {troubled.length > 0 && (
        <ul class="stream-notes">
          {groupBySentence(troubled, nowMs).map(([sentence, names]) => (
            <li key={names}>
              <strong>{names}:</strong> {sentence}
            </li>
          ))}
          {troubled.some((stream) => stream.retryAtMs !== null) && (
            <li>
              <button class="button is-small" type="button" onClick={onRetry}>
                Retry now
              </button>
            </li>
          )}
        </ul>
      )}
    </Section>
  );
}

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

/** Streams that say the same share one line: a blocked venue is told once, not six times. */
function groupBySentence(streams: readonly StreamHealth[], nowMs: number): [sentence: string, names: string][] {
  const groups = new Map<string, string[]>();
  for (const stream of streams) {
    const sentence = sentenceOf(stream, nowMs);
    groups.set(sentence, [...(groups.get(sentence) ?? []), STREAM_WORDS[stream.stream]]);
  }
  return [...groups].map(([sentence, names]) => [sentence, names.join(', ')]);
}

function sentenceOf({ state, detail, retryAtMs }: StreamHealth, nowMs: number): string {
  const { word, advice } = HEALTH_WORDS[state];
  const what = detail === '' ? `${word}.` : detail.replace(/([^.])$/, '$1.');
  const next = retryAtMs !== null && retryAtMs > nowMs ? `Next try in ${formatCountdown(retryAtMs - nowMs)}.` : advice;
  return `${what} ${next}`.trim();
}
