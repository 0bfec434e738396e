import { storedItem } from './stored-item';

/** What is said once beside the first band; in the words of the language, since charts have none of their own so early. */
export interface FirstHint {
  readonly text: string;
  readonly close: string;
}

/** Null before an install has asked for it, and for good once it was dismissed. */
export const firstHint = storedItem<FirstHint | null>('first-hint', null);
