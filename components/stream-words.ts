import type { HealthState, StreamName } from '@/lib/market/health';

import type { Tone } from './StateMark';

/** How each state of a stream looks and reads, and what to do about it. */
export const HEALTH_WORDS: Readonly<
  Record<HealthState, { readonly tone: Tone; readonly word: string; readonly advice: string }>
> = {
  idle: { tone: 'idle', word: 'idle', advice: '' },
  connecting: { tone: 'idle', word: 'connecting', advice: '' },
  backfilling: { tone: 'idle', word: 'filling', advice: '' },
  live: { tone: 'ok', word: 'live', advice: '' },
  silent: { tone: 'warn', word: 'silent', advice: 'It is reconnected by itself.' },
  limited: { tone: 'warn', word: 'limited', advice: 'Nothing to do: it goes on when the venue allows.' },
  blocked: { tone: 'bad', word: 'blocked', advice: 'The venue refuses your location. Nothing to do here.' },
  withheld: { tone: 'bad', word: 'no access', advice: 'Allow access in the note above.' },
  down: { tone: 'bad', word: 'down', advice: 'It is tried again by itself.' },
};

export const STREAM_WORDS: Readonly<Record<StreamName, string>> = {
  trades: 'Trades',
  mark: 'Mark price',
  bars: 'Bars',
  openInterest: 'Open interest',
  liquidations: 'Liquidations',
  history: 'History',
};
