import { t } from '@/lib/i18n/words';

/** A positive number as people type it, with a point and no other sign; null for anything else. */
export function numberFromText(text: string): number | null {
  const plain = text.trim().replaceAll(/(?<=\d),(?=\d{3}(?:\D|$))/g, '');
  const value = /^(?:\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
  return value > 0 && Number.isFinite(value) ? value : null;
}

const PLAIN = new Intl.NumberFormat('en-US', { useGrouping: false, maximumSignificantDigits: 15 });

/** The inverse: what a field shows of a number, without an exponent however small it is. */
export const textFromNumber = (value: number): string => PLAIN.format(value);

export const numberWanted = (): string => t('own.numberWanted');
