import { SECOND_MS } from '@/lib/core/time';
import type { ServiceEnvironment } from '@/lib/services/environment';

/** Between two slices of work that nobody waits for. */
const PAUSE_MS = 20;
/** A pause that ends late by more than this was ended late because somebody else is busy. */
const LATE_MS = 20;
/** Then it goes on for so many times as long as it was late. */
const LATE_FACTOR = 10;
const LONGEST_MS = SECOND_MS;

/** A pause that lets the worker answer in between, and that gives way for longer while the worker or the machine has enough to do. */
export async function patientPause({ now, setTimer }: Pick<ServiceEnvironment, 'now' | 'setTimer'>): Promise<void> {
  const wait = (delayMs: number) => new Promise<void>((resolve) => void setTimer(resolve, delayMs));
  const dueMs = now() + PAUSE_MS;
  await wait(PAUSE_MS);
  const lateMs = now() - dueMs;
  if (lateMs > LATE_MS) await wait(Math.min(LONGEST_MS, lateMs * LATE_FACTOR));
}
