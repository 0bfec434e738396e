import type { HealthState } from '@/lib/market/health';

import type { Tone } from './StateMark';

/** How each state of a stream looks. */
export const HEALTH_TONES: Readonly<Record<HealthState, Tone>> = {
  idle: 'idle',
  connecting: 'idle',
  backfilling: 'idle',
  live: 'ok',
  closed: 'idle',
  silent: 'warn',
  limited: 'warn',
  blocked: 'bad',
  withheld: 'bad',
  down: 'bad',
};
