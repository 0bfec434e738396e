import { SCALE_REQUEST_EVENT, SCALE_STOP_EVENT } from '@/lib/messaging/page';

import { type Announcer, createAnnouncer } from './announcer';
import { createApiReader, doesApiTell } from './api-reader';
import { findChartApi } from './chart-api';
import { CHART_CANVASES } from './chart-dom';
import { createLabelReader } from './label-reader';
import { type View, viewsOf } from './page-call';

const HEARTBEAT_MS = 500;
/** A young page is looked at so often: its chart may be there any moment, and its API before its panes. */
const SEARCH_MS = 50;
const SEARCHES = 60;
/** Libraries load late, and charts their data; only then are labels read instead. */
const API_PATIENCE_MS = 3_000;
const DATA_PATIENCE_MS = 10_000;

/**
 * Reads the price scales of a page's charts and announces them, from the content script's first request until it asks
 * to stop. Knows no site: where it runs is the manifest's matter, what a symbol means the content script's.
 */
export function startScaleReader(): void {
  const announcer = createAnnouncer();
  let session: AbortController | null = null;

  document.addEventListener(SCALE_REQUEST_EVENT, (event) => {
    announcer.isTimed = (event as CustomEvent<unknown>).detail;
    if (session) return announcer.sayAgain();
    session = new AbortController();
    readPage(announcer, session.signal);
  });
  document.addEventListener(SCALE_STOP_EVENT, () => {
    session?.abort();
    session = null;
  });
}

/** How one document is read: by its chart's API, by labels, or not yet. */
interface DocumentReader {
  /** When labels may be read: its API, if there is one, has told nothing by then. */
  dueMs: number;
  readonly controller: AbortController;
  /** By the API: looks once. */
  glance?: () => void;
  isByLabels?: boolean;
}

function readPage(announcer: Announcer, signal: AbortSignal): void {
  // By root element: a frame that navigates keeps its window, one that is written anew its document, without listeners.
  const readers = new Map<Element, DocumentReader>();
  let timer = 0;
  let beats = 0;

  function beat(): void {
    if (document.hidden) return;
    const views = viewsOf(window).filter(rootOf);
    const roots = new Set(views.map(rootOf));
    for (const root of readers.keys()) if (!roots.has(root)) drop(root);
    announcer.forgetGone();
    for (const view of views) attend(view);
    timer = window.setTimeout(beat, beats++ < SEARCHES ? SEARCH_MS : HEARTBEAT_MS);
  }

  function attend(view: View): void {
    const hasApi = !!findChartApi(view);
    const root = rootOf(view);
    const tells = hasApi && doesApiTell(view);
    // What was hooked while an API was waited for, in whatever document. A frame that is kept but not displayed has no width.
    if (tells && root.clientWidth) for (const [other, { isByLabels }] of readers) if (isByLabels) drop(other);
    let reader = readers.get(root) ?? meet(root);
    if (tells || (hasApi && !reader.glance)) reader.dueMs = performance.now() + DATA_PATIENCE_MS;
    if (!reader.isByLabels && mayReadLabels(view, reader)) {
      drop(root);
      reader = meet(root);
      reader.isByLabels = true;
      createLabelReader(view, announcer, reader.controller.signal);
    } else if (hasApi && !reader.isByLabels)
      reader.glance ??= createApiReader(view, announcer, reader.controller.signal);
    reader.glance?.();
  }

  function meet(root: Element): DocumentReader {
    const dueMs = performance.now() + API_PATIENCE_MS;
    const reader: DocumentReader = { dueMs, controller: new AbortController() };
    readers.set(root, reader);
    return reader;
  }

  /** A patched prototype can be seen by the page: only where a chart is there and nothing else reads one that is displayed. */
  function mayReadLabels(view: View, reader: DocumentReader): boolean {
    const isDue = ({ dueMs }: DocumentReader): boolean => performance.now() >= dueMs;
    return (
      isDue(reader) &&
      [...readers].every(([root, each]) => !each.glance || !root.clientWidth || isDue(each)) &&
      !!view.document.querySelector(CHART_CANVASES)
    );
  }

  function drop(root: Element): void {
    readers.get(root)?.controller.abort();
    readers.delete(root);
  }

  const onVisibility = (): void => {
    clearTimeout(timer);
    beat();
    announcer.sayAgain();
  };
  document.addEventListener('visibilitychange', onVisibility, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    for (const root of readers.keys()) drop(root);
  });
  beat();
}

const rootOf = ({ document }: View): Element => document.documentElement;
