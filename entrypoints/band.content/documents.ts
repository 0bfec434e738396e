/**
 * Calls `onDocument` for the page's document and for that of every same-origin frame, also of frames added, loaded or
 * written anew later; its signal aborts when the document goes. `onRemoval` is called behind every removal of nodes.
 * Charts live in `blob:` and about:blank frames, in which this script does not run itself.
 */
export function watchDocuments(
  root: Document,
  onDocument: (document: Document, signal: AbortSignal) => void,
  onRemoval: () => void,
  signal: AbortSignal,
): void {
  const open = new Map<Document, AbortController>();

  const follow = (document: Document): void => {
    if (open.has(document)) return;
    const controller = new AbortController();
    open.set(document, controller);
    const gone = AbortSignal.any([signal, controller.signal]);
    onDocument(document, gone);
    const { documentElement } = document;
    const observer = new MutationObserver((records) => {
      if (document.documentElement !== documentElement && document.documentElement !== null) {
        // Written anew (`document.open`): the browser has taken every listener off it.
        controller.abort();
        open.delete(document);
        return follow(document);
      }
      if (records.some(hasFrame)) followFrames();
      if (records.some(({ removedNodes }) => removedNodes.length > 0)) onRemoval();
    });
    const followFrames = (): void => {
      for (const frame of document.querySelectorAll('iframe')) followFrame(frame);
      forgetClosed();
    };
    /** What a page does while nobody sees it is made up for when it is seen, but for being written anew. */
    const attend = (): void => {
      observer.disconnect();
      observer.observe(document, { childList: true, subtree: !document.hidden });
      if (document.hidden) return;
      followFrames();
      onRemoval();
    };
    attend();
    document.addEventListener('visibilitychange', attend, { signal: gone });
    gone.addEventListener('abort', () => observer.disconnect());
  };

  const frames = new WeakSet<HTMLIFrameElement>();
  const followFrame = (frame: HTMLIFrameElement): void => {
    if (!frames.has(frame)) {
      frames.add(frame);
      // A frame starts with an empty document that the real one replaces.
      frame.addEventListener('load', () => (forgetClosed(), followFrame(frame)), { signal });
    }
    // Null for a frame of another origin: nothing to see there.
    const { contentDocument } = frame;
    if (contentDocument !== null) follow(contentDocument);
  };

  const forgetClosed = (): void => {
    for (const [document, controller] of open) {
      if (document.defaultView !== null) continue;
      controller.abort();
      open.delete(document);
    }
  };

  follow(root);
}

const hasFrame = ({ addedNodes, removedNodes }: MutationRecord): boolean =>
  contains(addedNodes) || contains(removedNodes);

function contains(nodes: NodeList): boolean {
  for (const node of nodes) {
    if (node.nodeName === 'IFRAME') return true;
    if (node.hasChildNodes() && (node as Element).querySelector?.('iframe')) return true;
  }
  return false;
}
