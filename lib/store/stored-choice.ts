import { type RepairedItem, repairedItem } from './repaired-item';

/** A setting that is one of a few values. */
export interface StoredChoice<T> extends RepairedItem<T> {
  /** What is not among the values becomes the default. */
  readonly repair: (value: unknown) => T;
}

/** `fallback` stands for anything that is not among the choices. */
export function storedChoice<T>(key: string, choices: readonly T[], fallback: T): StoredChoice<T> {
  const repair = (value: unknown): T => choices.find((choice) => choice === value) ?? fallback;
  return { repair, ...repairedItem(key, repair) };
}
