/** Something that the user sets: as it is stored, and told with every later change. */
export interface Setting<T> {
  getValue(): Promise<T>;
  watch(listener: (value: T) => void): void;
}

export type Settings<T> = { readonly [Name in keyof T]: Setting<T[Name]> };

/** Called with every change after the start, and what was set before it. */
type OnChange<T> = { readonly [Name in keyof T]: (value: T[Name], before: T[Name]) => void };

export interface FollowedSettings<T> {
  /** What was set last; the first values until it is read. */
  readonly now: Readonly<T>;
  /** Settles when each was read or could not be: then its first value holds. */
  readonly read: Promise<void>;
}

/** The latest of several settings, for whoever needs them at once. A change is never undone by a read that took longer. */
export function followSettings<T extends object>(
  settings: Settings<T>,
  first: T,
  onChange: OnChange<T>,
  onFailure: (cause: unknown) => void,
): FollowedSettings<T> {
  const now = { ...first };
  const follow = async (name: keyof T): Promise<void> => {
    let isTold = false;
    settings[name].watch((value) => {
      isTold = true;
      const before = now[name];
      now[name] = value;
      onChange[name](value, before);
    });
    const stored = await settings[name].getValue();
    if (!isTold) now[name] = stored;
  };
  const names = Object.keys(settings) as (keyof T)[];
  const read = Promise.all(names.map((name) => follow(name).catch(onFailure))).then(() => {});
  return { now, read };
}
