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
  const callee = readPage(target, method);
  if (typeof callee !== 'function') return undefined;
  try {
    return Reflect.apply(callee, target, args) as unknown;
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

/** The page's window and its same-origin frames, one level down, where charting libraries are embedded. */
export function viewsOf(top: View): readonly View[] {
  const frames = Array.from(top.document.querySelectorAll('iframe'), (frame) => frame.contentWindow as View | null);
  // A frame of another origin throws at the first touch of its document.
  return [top, ...frames.filter((view): view is View => view !== null && Boolean(readPage(view, 'document')))];
}
