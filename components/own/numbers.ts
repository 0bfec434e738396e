import { writeNumber } from '@/lib/core/locale';
import { t } from '@/lib/i18n/words';

/** `,` in `0,5`. */
const decimalSign = (): string => writeNumber(0.5, 1)[1];

/** A positive number as people type it in the language in force, or with a point; null for anything else. */
export function numberFromText(text: string): number | null {
  const decimal = decimalSign();
  const group = decimal === ',' ? '.' : ',';
  const trimmed = text.trim();
  // `0,250` holds no thousands, in no language.
  const isGrouped = new RegExp(`^[1-9]\\d{0,2}(?:[${group}\\s]\\d{3})+(?:\\${decimal}\\d*)?$`).test(trimmed);
  const plain = (isGrouped ? trimmed.replaceAll(new RegExp(`[${group}\\s]`, 'g'), '') : trimmed).replace(decimal, '.');
  const value = /^(?:\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
  return value > 0 && Number.isFinite(value) ? value : null;
}

const PLAIN = new Intl.NumberFormat('en-US', { useGrouping: false, maximumSignificantDigits: 15 });

/** The inverse: what a field shows of a number, without an exponent however small it is. */
export const textFromNumber = (value: number): string => PLAIN.format(value).replace('.', decimalSign());

export const numberWanted = (): string => t('own.numberWanted', { example: textFromNumber(1250.5) });
