import type { Words } from './words';

/** A language's texts in the order of the English keys; null where it has none. Keys would be half of every file. */
export type PackedWords = readonly (Words[string] | null)[];

export const packWords = (english: Words, own: Words): PackedWords =>
  Object.keys(english).map((key) => own[key] ?? null);

/** Inverse of `packWords`, with English in the place of what is missing. */
export const unpackWords = (english: Words, packed: PackedWords): Words =>
  Object.fromEntries(Object.entries(english).map(([key, text], i) => [key, packed[i] ?? text]));
