import { writeTime } from './locale';

/** Markets have no evening: the clock goes to 23, in UTC unless it tells of this machine. */
type Options = Intl.DateTimeFormatOptions;
const UTC: Options = { timeZone: 'UTC' };
const MINUTES: Options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const SECONDS: Options = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };

const DATE: Options = { dateStyle: 'medium', ...UTC };
const MOMENT: Options = { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23', ...UTC };
const DAY: Options = { day: 'numeric', month: 'short', ...UTC };
const CLOCK: Options = { ...MINUTES, ...UTC };
const TIME: Options = { ...SECONDS, ...UTC };

/** `Sep 17, 2024`, UTC. */
export const formatDate = (timeMs: number): string => writeTime(timeMs, DATE);

/** `Sep 17, 2024, 17:30`, UTC. */
export const formatMoment = (timeMs: number): string => writeTime(timeMs, MOMENT);

/** `Sep 17`, UTC. */
export const formatDay = (timeMs: number): string => writeTime(timeMs, DAY);

/** `17:30`, UTC. */
export const formatClock = (timeMs: number): string => writeTime(timeMs, CLOCK);

/** `17:30:08`, UTC. */
export const formatTime = (timeMs: number): string => writeTime(timeMs, TIME);

/** `19:30:08`, where the machine is. */
export const formatLocalTime = (timeMs: number): string => writeTime(timeMs, SECONDS);
