import { writeTime } from '@/lib/core/locale';

const STYLE = { dateStyle: 'medium', timeStyle: 'short' } as const;

/** Local date and time of an alert. */
export const timeWords = (timeMs: number): string => writeTime(timeMs, STYLE);
