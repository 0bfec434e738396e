/** A window whose constructors can be reached: the page's own or that of a same-origin frame. */
export type View = Window & typeof globalThis;

/** Reads a property of an object that belongs to the page; undefined where it is missing or its getter throws. */
export function readPage(target: unknown, name: string): unknown {
  try {
    return (target as Record<string, unknown> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

/** Calls a method of an object that belongs to the page; undefined where it is missing or throws. */
export function callPage(target: unknown, method: string, ...args: readonly unknown[]): unknown {
  try {
    return (target as Record<string, ((...args: readonly unknown[]) => unknown) | undefined> | undefined)?.[method]?.(
      ...args,
    );
  } catch {
    return undefined;
  }
}

/** A number of the page's; NaN for anything else, which may refuse to be made one. */
export const numberFrom = (value: unknown): number => (typeof value === 'number' ? value : NaN);

/**
 * Whether this window's charts are read from here: not those of a frame that a window above can reach, which reads
 * them itself. A frame of another origin, such as a chart embedded in somebody's article, is a page of its own.
 */
export const isOwnPage = (): boolean => parent === window || readPage(parent, 'document') === undefined;

/** The page's window and its same-origin frames, in which charting libraries are embedded, and theirs. */
export function viewsOf(view: View): readonly View[] {
  const frames = [...view.document.querySelectorAll('iframe')];
  // A frame of another origin throws at the first touch of its document.
  return [
    view,
    ...frames.flatMap(({ contentWindow: frame }) => (readPage(frame, 'document') ? viewsOf(frame as View) : [])),
  ];
}
