import { SCALE_REQUEST_EVENT, SCALE_STOP_EVENT } from '@/lib/messaging/page';

import { type Announcer, createAnnouncer } from './announcer';
import { createApiReader } from './api-reader';
import { findChartApi } from './chart-api';
import { siteAt } from './index';
import { createLabelReader } from './label-reader';
import { type View, viewsOf } from './page-call';
import type { Site } from './site';

const HEARTBEAT_MS = 500;
/** Libraries load late; only then are labels read instead. */
const API_PATIENCE_MS = 3_000;

/** Reads the price scales of a page's charts and announces them, until the content script asks it to stop. */
export function startScaleReader(top: View): void {
  const site = siteAt(top.location);
  if (!site) return;
  const announcer = createAnnouncer();
  let session = new AbortController();
  readPage(top, site, announcer, session.signal);

  top.document.addEventListener(SCALE_STOP_EVENT, () => session.abort());
  top.document.addEventListener(SCALE_REQUEST_EVENT, () => {
    if (!session.signal.aborted) return announcer.repeat();
    session = new AbortController();
    readPage(top, site, announcer, session.signal);
  });
}

/** How one document is read: by its chart's API, by labels, or not yet. */
interface DocumentReader {
  readonly sinceMs: number;
  readonly controller: AbortController;
  way: 'waiting' | 'api' | 'labels' | 'refused';
  check(): void;
}

function readPage(top: View, site: Site, announcer: Announcer, signal: AbortSignal): void {
  // By document, because a frame that navigates keeps its window.
  const readers = new Map<Document, DocumentReader>();
  let timer = 0;

  function beat(): void {
    if (signal.aborted || top.document.hidden) return;
    const views = site.hasChart(top.location) ? viewsOf(top, site.hasFrames) : [];
    const documents = new Set(views.map((view) => view.document));
    for (const document of readers.keys()) if (!documents.has(document)) drop(document);
    for (const view of views) attend(view);
    timer = top.setTimeout(beat, HEARTBEAT_MS);
  }

  function attend(view: View): void {
    let reader = readers.get(view.document);
    const hasApi = findChartApi(view) !== null;
    if (reader?.way === 'labels' && hasApi) {
      drop(view.document);
      reader = undefined;
    }
    if (!reader) {
      reader = { sinceMs: top.performance.now(), controller: new AbortController(), way: 'waiting', check: () => {} };
      readers.set(view.document, reader);
    }
    if (reader.way === 'waiting' && hasApi) {
      const api = createApiReader(view, announcer, reader.controller.signal);
      reader.check = () => api.check();
      reader.way = 'api';
    } else if (reader.way === 'waiting' && mayReadLabels(view, reader)) {
      reader.way = createLabelReader(view, announcer, reader.controller.signal) ? 'labels' : 'refused';
    }
    reader.check();
  }

  /** A patched prototype can be seen by the page: only where nothing else works, and a symbol could be told. */
  function mayReadLabels(view: View, { sinceMs }: DocumentReader): boolean {
    return (
      site.hasLabels &&
      top.performance.now() - sinceMs >= API_PATIENCE_MS &&
      Array.from(readers.values()).every(({ way }) => way !== 'api') &&
      typeof site.symbolFromUrl(top.location) === 'object' &&
      site.symbolFromUrl(top.location) !== null &&
      view.document.querySelector('canvas') !== null
    );
  }

  function drop(document: Document): void {
    readers.get(document)?.controller.abort();
    readers.delete(document);
  }

  top.document.addEventListener(
    'visibilitychange',
    () => {
      top.clearTimeout(timer);
      beat();
    },
    { signal },
  );
  signal.addEventListener('abort', () => {
    top.clearTimeout(timer);
    for (const document of readers.keys()) drop(document);
  });
  beat();
}
