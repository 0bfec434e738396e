import { writeTime } from '@/lib/core/locale';

const STYLE = { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' } as const;

/** Local date and time of an alert. */
export const timeWords = (timeMs: number): string => writeTime(timeMs, STYLE);

/** A minute of the day as the browser's time fields have it: `07:30`. */
export const textFromMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
