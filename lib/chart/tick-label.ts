export type DecimalMark = '.' | ',';

/** What one label of a price axis says. */
export interface TickLabel {
  readonly value: number;
  readonly isPercent: boolean;
  /** Digits after the decimal mark. */
  readonly decimals: number;
}

/** `0.0\u2085123`, with KLineChart `0.0{5}123`, counts the zeros after the mark, the written one among them; no price has hundreds. */
const FOLDED = /(?<=^-?0[.,])0(?:([\u2080-\u2089]{1,2})|{(\d\d?)})(?=\d+$)/;
/** Sign, number, exponent, percent; the number's inside is looked at by convention. */
const SHAPE = /^([-+]?)(\d(?:[\d., ]*\d)?)(e[-+]?\d{1,2})? ?(%?)$/i;
/** No number's groups start with a lone zero: `0.250` is a fraction, not 250. */
const GROUPED = /^[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3})*$/;

/**
 * Reads an axis label under one convention for the decimal mark. Null for what is no plain price or percentage: volumes
 * (`1.05 K`), times, words, and digits grouped against the convention.
 */
export function parseTickLabel(text: string, decimalMark: DecimalMark): TickLabel | null {
  const [, sign, number, exponent, percent] = SHAPE.exec(plainText(text)) ?? [];
  if (number === undefined) return null;
  const [whole, fraction = '', rest] = number.split(decimalMark);
  if (rest !== undefined || !/^\d*$/.test(fraction) || !(/^\d+$/.test(whole) || GROUPED.test(whole))) return null;
  return {
    value: Number(`${sign}${whole.replace(/\D/g, '')}.${fraction}${exponent ?? ''}`),
    isPercent: percent !== '',
    decimals: fraction.length,
  };
}

/** One spelling for what locales write differently: no marks of direction, spaces between groups, zeros written out. */
const plainText = (text: string): string =>
  text
    .replace(/\p{Bidi_C}/gu, '')
    .replace(/['\u2019\s]/g, ' ')
    .replaceAll('\u2212', '-')
    .trim()
    .replace(FOLDED, (_, lowered?: string, count?: string) =>
      '0'.repeat(Number((lowered ?? count)?.normalize('NFKC'))),
    );

/** All labels of one axis, null where a label is no number. */
export interface TickReading {
  readonly labels: readonly (TickLabel | null)[];
  /** By what they are to be multiplied under the other convention, where that reads them as well; else 1. */
  readonly otherReading: number;
}

/**
 * Reads all labels of one axis under the convention that reads more of them with the same count of decimals. `68.250`
 * alone is ambiguous: then the decimal point wins, which most trading sites print whatever their language, and the other
 * reading is returned too, for whoever knows the price.
 */
export function parseTickLabels(texts: readonly string[]): TickReading {
  const read = (mark: DecimalMark) => texts.map((text) => parseTickLabel(text, mark));
  const [point, comma] = [read('.'), read(',')];
  const lead = agreement(comma) - agreement(point);
  const valueOf = (labels: typeof point): number => labels.find(Boolean)?.value ?? 0;
  return { labels: lead > 0 ? comma : point, otherReading: (lead === 0 && valueOf(comma) / valueOf(point)) || 1 };
}

/** How many labels share the count of decimals that most of them have. */
const agreement = (labels: readonly (TickLabel | null)[]): number =>
  Math.max(...labels.map((label) => labels.filter((each) => label && each?.decimals === label.decimals).length), 0);
