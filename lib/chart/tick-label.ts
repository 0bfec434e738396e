export type DecimalMark = '.' | ',';

/** What one label of a price axis says. */
export interface TickLabel {
  readonly value: number;
  readonly unit: 'price' | 'percent';
  /** Digits after the decimal mark; null in exponent and subscript notation, where they say nothing about the others. */
  readonly decimals: number | null;
}

const BIDI_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const SUBSCRIPT_ZERO = 0x2080;
/** Sign, number, exponent, percent; the number's inside is looked at by convention. */
const SHAPE =
  /^([-+\u2212]?)(\d(?:[\d.,'\u2019 \u00a0\u2009\u202f]*\d)?)(?:e([-+\u2212]?\d{1,2}))?[ \u00a0\u202f]?(%?)$/i;
/** `0.0\u2085123`: the subscript counts the zeros after the mark, the written one among them. */
const SUBSCRIPT_SHAPE = /^([-\u2212]?)0[.,]0([\u2080-\u2089]{1,2})(\d+)$/;
const GROUPED = /^\d{1,3}(?:([.,'\u2019 \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*$/;

/**
 * Reads an axis label under one convention for the decimal mark. Null for what is no plain price or percentage: volumes
 * (`1.05 K`), times, words, and digits grouped against the convention.
 */
export function parseTickLabel(text: string, decimalMark: DecimalMark): TickLabel | null {
  const bare = text.replace(BIDI_MARKS, '').trim();
  const tiny = SUBSCRIPT_SHAPE.exec(bare);
  if (tiny) {
    const zeros = Number(Array.from(tiny[2], (digit) => digit.charCodeAt(0) - SUBSCRIPT_ZERO).join(''));
    return { value: signOf(tiny[1]) * Number(`0.${'0'.repeat(zeros)}${tiny[3]}`), unit: 'price', decimals: null };
  }
  const match = SHAPE.exec(bare);
  if (!match) return null;
  const [, sign, number, exponent, percent] = match;
  const parts = number.split(decimalMark);
  if (parts.length > 2) return null;
  const [whole, fraction = ''] = parts;
  if (!/^\d*$/.test(fraction) || !(/^\d+$/.test(whole) || isGrouped(whole))) return null;
  const digits = `${whole.replace(/\D/g, '')}.${fraction}e${(exponent ?? '0').replace('\u2212', '-')}`;
  return {
    value: signOf(sign) * Number(digits),
    unit: percent === '%' ? 'percent' : 'price',
    decimals: exponent === undefined ? fraction.length : null,
  };
}

/**
 * Reads all labels of one axis, null where a label is no number. `68.250` alone is ambiguous, so the convention is the
 * one that reads more labels with the same count of decimals; else the decimal point, which most trading sites print
 * whatever their language.
 */
export function parseTickLabels(texts: readonly string[]): readonly (TickLabel | null)[] {
  const point = texts.map((text) => parseTickLabel(text, '.'));
  const comma = texts.map((text) => parseTickLabel(text, ','));
  return agreement(comma) > agreement(point) ? comma : point;
}

const signOf = (sign: string): 1 | -1 => (sign === '-' || sign === '\u2212' ? -1 : 1);

/** No number's groups start with a lone zero: `0.250` is a fraction, not 250. */
const isGrouped = (whole: string): boolean => GROUPED.test(whole) && !whole.startsWith('0');

/** How many labels share the count of decimals that most of them have. */
function agreement(labels: readonly (TickLabel | null)[]): number {
  const counts = new Map<number | null, number>();
  for (const label of labels) if (label) counts.set(label.decimals, (counts.get(label.decimals) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
