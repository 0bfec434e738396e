const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** Local date and time of an alert. */
export const timeWords = (timeMs: number): string => TIME.format(timeMs);
