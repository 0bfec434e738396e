import type * as z from 'zod/mini';

import { storedItem, type StoredItem } from './stored-item';

/** A list in the browser's local storage of which only sound entries are believed. */
export interface CheckedList<T> extends StoredItem<readonly T[]> {}

/** Each entry is checked at reading; broken ones are left out and counted once for each reading. */
export function checkedList<T>(
  key: string,
  check: z.ZodMiniType<T>,
  onBroken: (key: string, count: number) => void,
): CheckedList<T> {
  const item = storedItem<unknown>(key, []);
  const sound = (stored: unknown): readonly T[] => {
    const entries: readonly unknown[] = Array.isArray(stored) ? stored : [];
    const parsed = entries.map((entry) => check.safeParse(entry)).filter(({ success }) => success);
    const broken = Array.isArray(stored) ? entries.length - parsed.length : 1;
    if (broken > 0) onBroken(key, broken);
    return parsed.map(({ data }) => data as T);
  };
  return {
    getValue: async () => sound(await item.getValue()),
    setValue: (value) => item.setValue(value),
    watch: (listener) => item.watch((stored) => listener(sound(stored))),
  };
}
