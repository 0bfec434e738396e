type NumberStyle = 'plain' | 'percent' | 'second' | 'minute' | 'hour' | 'day';

/** Elsewhere the local words for thousands and millions are long, or mean something else to a trader: `B`, `T`. */
const OWN_UNITS = /^(?:zh|ja|ko|ru)/;

/** How numbers are written in the language in force; formatters are made once, because making one is slow. */
interface Locale {
  readonly name: string;
  readonly decimal: string;
  readonly compact: readonly [panel: Intl.NumberFormat, short: Intl.NumberFormat];
  readonly numbers: Readonly<Record<NumberStyle, Intl.NumberFormat[]>>;
}

let locale = localeOf('en-US');
/** Of the language in force, as well; what a page does not write is no part of its script. */
let significant: Intl.NumberFormat[] = [];
let times = new Map<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>();

function localeOf(name: string): Locale {
  // `0,5`
  const decimal = new Intl.NumberFormat(name).format(0.5)[1];
  const units = OWN_UNITS.test(name) ? name : 'en-US';
  const compact = (digits: number, options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(units, {
      notation: 'compact',
      minimumSignificantDigits: digits,
      maximumSignificantDigits: digits,
      ...options,
    });
  return {
    name,
    decimal: units === name ? '.' : decimal,
    compact: [
      compact(3, {}),
      compact(2, { minimumFractionDigits: 0, maximumFractionDigits: 0, roundingPriority: 'morePrecision' }),
    ],
    numbers: { plain: [], percent: [], second: [], minute: [], hour: [], day: [] },
  };
}

/** Everything is written as in this language from now on. */
export function setLocale(name: string): void {
  locale = localeOf(name === 'en' ? 'en-US' : name);
  significant = [];
  times = new Map();
}

/** A number with exactly so many decimals. */
export function writeNumber(value: number, digits: number, style: NumberStyle = 'plain'): string {
  const formatters = locale.numbers[style];
  formatters[digits] ??= new Intl.NumberFormat(locale.name, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(style === 'plain'
      ? {}
      : style === 'percent'
        ? { style }
        : { style: 'unit', unit: style, unitDisplay: 'narrow' }),
  });
  return formatters[digits].format(value);
}

/** With K, M, B or what the language has for it: three figures, or two and whole from ten. */
export function writeCompact(value: number, figures: 2 | 3): string {
  const text = locale.compact[3 - figures].format(value);
  return locale.decimal === '.' ? text : text.replace('.', locale.decimal);
}

/** A number with at most so many significant digits, for prices whose tick is not known. */
export function writeSignificant(value: number, digits: number): string {
  significant[digits] ??= new Intl.NumberFormat(locale.name, { maximumSignificantDigits: digits });
  return significant[digits].format(value);
}

/** The formatter is kept by the identity of its options. */
export function writeTime(timeMs: number, options: Intl.DateTimeFormatOptions): string {
  const formatter = times.get(options) ?? new Intl.DateTimeFormat(locale.name, options);
  times.set(options, formatter);
  return formatter.format(timeMs);
}
