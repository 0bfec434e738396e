import type { HealthState, StreamHealth, StreamName } from '@/lib/market/health';

/** A stream's health, for tests to which its times do not matter. */
export const sampleStream = (
  stream: StreamName,
  state: HealthState,
  more: Partial<StreamHealth> = {},
): StreamHealth => ({
  stream,
  state,
  sinceMs: 0,
  lastDataMs: null,
  brokenCount: 0,
  detail: '',
  retryAtMs: null,
  ...more,
});
