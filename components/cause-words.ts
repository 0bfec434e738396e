import { readCause, type CauseCode } from '@/lib/core/cause';
import { t } from '@/lib/i18n/words';

/** A sentence for what the background tells by a code; what has no words, as it was told. */
export function causeWords(text: string): string {
  if (text === '') return '';
  const { code, params } = readCause(text);
  const key = `cause.${code as CauseCode}` as const;
  const words = t(key, params);
  return words === key ? text : words;
}

/** Parts as sentences; an empty one says nothing. */
export const sentences = (...parts: readonly string[]): string =>
  parts
    .filter(Boolean)
    .map((part) => part.replace(/[^.!?。！？]$/, '$&.'))
    .join(' ');
