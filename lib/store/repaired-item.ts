import { storedItem } from './stored-item';

/** A value in the browser's local storage, which is what is made of whatever lies there. */
export interface RepairedItem<T> {
  readonly getValue: () => Promise<T>;
  readonly setValue: (value: T) => Promise<void>;
  /** Calls back with every later change; the returned function ends it. */
  readonly watch: (listener: (value: T) => void) => () => void;
}

/** `repair` gets whatever is stored, null where nothing is, and must not throw. */
export function repairedItem<T>(key: string, repair: (stored: unknown) => T): RepairedItem<T> {
  const item = storedItem<unknown>(key, null);
  return {
    getValue: async () => repair(await item.getValue()),
    setValue: (value) => item.setValue(value),
    watch: (listener) => item.watch((stored) => listener(repair(stored))),
  };
}
