import { SCALE_REQUEST_EVENT, SCALE_STOP_EVENT } from '@/lib/messaging/page';

import { type Announcer, createAnnouncer } from './announcer';
import { createApiReader } from './api-reader';
import { findChartApi } from './chart-api';
import { CHART_CANVASES } from './chart-dom';
import { createLabelReader } from './label-reader';
import { type View, viewsOf } from './page-call';

const HEARTBEAT_MS = 500;
/** A young page is looked at so often: its chart may be there any moment, and its API before its panes. */
const SEARCH_MS = 50;
const SEARCHES = 60;
/** Libraries load late; only then are labels read instead. */
const API_PATIENCE_MS = 3_000;

/**
 * Reads the price scales of a page's charts and announces them, from the content script's first request until it asks
 * to stop. Knows no site: where it runs is the manifest's matter, what a symbol means the content script's.
 */
export function startScaleReader(top: View): void {
  const announcer = createAnnouncer();
  let session: AbortController | null = null;

  top.document.addEventListener(SCALE_REQUEST_EVENT, (event) => {
    announcer.isTimed = (event as CustomEvent<unknown>).detail;
    if (session) return announcer.sayAgain();
    session = new AbortController();
    readPage(top, announcer, session.signal);
  });
  top.document.addEventListener(SCALE_STOP_EVENT, () => {
    session?.abort();
    session = null;
  });
}

/** How one document is read: by its chart's API, by labels, or not yet. */
interface DocumentReader {
  readonly sinceMs: number;
  readonly controller: AbortController;
  way?: 'api' | 'labels';
  glance?(): void;
}

function readPage(top: View, announcer: Announcer, signal: AbortSignal): void {
  // By root element: a frame that navigates keeps its window, one that is written anew its document, without listeners.
  const readers = new Map<Element, DocumentReader>();
  let timer = 0;
  let beats = 0;

  function beat(): void {
    if (top.document.hidden) return;
    const views = viewsOf(top).filter(rootOf);
    const roots = new Set(views.map(rootOf));
    for (const root of readers.keys()) if (!roots.has(root)) drop(root);
    announcer.forgetGone();
    for (const view of views) attend(view);
    timer = top.setTimeout(beat, beats++ < SEARCHES ? SEARCH_MS : HEARTBEAT_MS);
  }

  function attend(view: View): void {
    const hasApi = findChartApi(view) !== null;
    // What was hooked while an API was waited for, in whatever document. A frame that is kept but not displayed has no width.
    if (hasApi) for (const [root, { way }] of readers) if (way === 'labels' && rootOf(view).clientWidth) drop(root);
    const reader = readers.get(rootOf(view)) ?? meet(view);
    if (!reader.way && hasApi) {
      Object.assign(reader, createApiReader(view, announcer, reader.controller.signal));
      reader.way = 'api';
    } else if (!reader.way && mayReadLabels(view, reader)) {
      createLabelReader(view, announcer, reader.controller.signal);
      reader.way = 'labels';
    }
    reader.glance?.();
  }

  function meet(view: View): DocumentReader {
    const controller = new AbortController();
    const reader: DocumentReader = { sinceMs: top.performance.now(), controller };
    readers.set(rootOf(view), reader);
    return reader;
  }

  /** A patched prototype can be seen by the page: only where a chart is there and nothing else reads one that is displayed. */
  function mayReadLabels(view: View, { sinceMs }: DocumentReader): boolean {
    return (
      top.performance.now() - sinceMs >= API_PATIENCE_MS &&
      ![...readers].some(([root, { way }]) => way === 'api' && root.clientWidth) &&
      view.document.querySelector(CHART_CANVASES) !== null
    );
  }

  function drop(root: Element): void {
    readers.get(root)?.controller.abort();
    readers.delete(root);
  }

  const onVisibility = (): void => {
    top.clearTimeout(timer);
    beat();
    announcer.sayAgain();
  };
  top.document.addEventListener('visibilitychange', onVisibility, { signal });
  signal.addEventListener('abort', () => {
    top.clearTimeout(timer);
    for (const root of readers.keys()) drop(root);
  });
  beat();
}

const rootOf = ({ document }: View): Element => document.documentElement;
