import type { HealthState, StreamName } from '@/lib/market/health';

import type { Tone } from './StateMark';

/** How each state of a stream looks and reads. */
export const HEALTH_WORDS: Readonly<Record<HealthState, { readonly tone: Tone; readonly word: string }>> = {
  idle: { tone: 'idle', word: 'idle' },
  connecting: { tone: 'idle', word: 'connecting' },
  backfilling: { tone: 'idle', word: 'filling' },
  live: { tone: 'ok', word: 'live' },
  closed: { tone: 'idle', word: 'market closed' },
  silent: { tone: 'warn', word: 'silent' },
  limited: { tone: 'warn', word: 'limited' },
  blocked: { tone: 'bad', word: 'blocked' },
  withheld: { tone: 'bad', word: 'no access' },
  down: { tone: 'bad', word: 'down' },
};

export const STREAM_WORDS: Readonly<Record<StreamName, string>> = {
  trades: 'Trades',
  mark: 'Mark price',
  bars: 'Bars',
  openInterest: 'Open interest',
  liquidations: 'Liquidations',
  history: 'History',
};
