import * as z from 'zod/mini';

// An extension's pages forbid code from text: without this zod probes for it and the browser logs a violation.
z.config({ jitless: true });

/** No figure of a market is larger; products of those below stay finite. */
const MOST = 1e18;

/** A finite number, sent as a number or, as most venues do, as text. */
export const decimal = z.pipe(
  z.union([z.number(), z.string()]),
  z.transform((value: number | string, context) => {
    // Of blanks JavaScript makes nought.
    const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
    if (Math.abs(number) <= MOST) return number;
    context.issues.push({ code: 'custom', message: 'not a number of reason', input: value });
    return z.NEVER;
  }),
);

export const positive = decimal.check(z.refine((value) => value >= 1 / MOST, 'not positive'));

/** A quantity: zero is fine. */
export const nonNegative = decimal.check(z.refine((value) => value >= 0, 'negative'));

/** Whole milliseconds since the epoch; a time before it is none. */
export const isTimeMs = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Milliseconds since the epoch. */
export const timeMs = decimal.check(z.refine(isTimeMs, 'not a time'));

/** Where and how a value fails its schema, for the log. */
export function describeIssue(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  return `${issue.path.join('.') || 'root'}: ${issue.message}`;
}

/** The elements that fit, so that one odd row of a long listing costs only itself. */
export function keepValid<T>(schema: z.ZodMiniType<T>, values: readonly unknown[]): T[] {
  return values.flatMap((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Oldest first, each time once: what a page promises, whatever order it came in. */
export function ascending<T>(items: readonly T[], timeOf: (item: T) => number): T[] {
  return [...new Map(items.map((item) => [timeOf(item), item])).values()].sort((a, b) => timeOf(a) - timeOf(b));
}

/** What an answer or a frame holds at some place, not known any further. */
export type Row = Readonly<Record<string, unknown>>;

/** An object whose fields may be asked for; no array. */
export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A socket's message, or why it is none. */
export function messageFrom(text: string): Row | 'not JSON' | 'not an object' {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  return isRow(message) ? message : 'not an object';
}

/** A venue's words for the log, whatever they are: an object may refuse to be made a text of. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** A number, sent as such or as text; NaN for anything else. */
export const numberOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
