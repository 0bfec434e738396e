import { storedItem } from './stored-item';

/** A setting that is one of a few values. */
export interface StoredChoice<T> {
  /** What is not among the values becomes the default. */
  readonly repair: (value: unknown) => T;
  readonly getValue: () => Promise<T>;
  readonly setValue: (value: T) => Promise<void>;
  /** Calls back with every later change; the returned function ends it. */
  readonly watch: (listener: (value: T) => void) => () => void;
}

export function storedChoice<T>(key: string, choices: readonly T[], fallback: T): StoredChoice<T> {
  const stored = storedItem<unknown>(key, null);
  const repair = (value: unknown): T => choices.find((choice) => choice === value) ?? fallback;
  return {
    repair,
    getValue: async () => repair(await stored.getValue()),
    setValue: (value) => stored.setValue(value),
    watch: (listener) => stored.watch((value) => listener(repair(value))),
  };
}
