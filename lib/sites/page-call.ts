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

/**
 * Whether this window's charts are read from here: not those of a frame that a window above can reach, which reads
 * them itself. A frame of another origin, such as a chart embedded in somebody's article, is a page of its own.
 */
export const isOwnPage = (view: Window): boolean =>
  view.parent === view || readPage(view.parent, 'document') === undefined;

/** The page's window and its same-origin frames, in which charting libraries are embedded, and theirs. */
export function viewsOf(view: View): readonly View[] {
  const frames = Array.from(view.document.querySelectorAll('iframe'), (frame) => frame.contentWindow as View);
  // A frame of another origin throws at the first touch of its document.
  return [view, ...frames.filter((frame) => readPage(frame, 'document')).flatMap(viewsOf)];
}
