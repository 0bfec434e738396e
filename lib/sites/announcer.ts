import { formatScaleMessage, GONE, SCALE_EVENT, type SentScaleMessage } from '@/lib/messaging/page';

/** Tells the content script about charts, each at its pane element, and only what it has not been told. */
export type Announcer = ReturnType<typeof createAnnouncer>;

export function createAnnouncer() {
  const told = new Map<Element, string>();

  function dispatch(pane: Element, detail: string): void {
    pane.dispatchEvent(new CustomEvent(SCALE_EVENT, { bubbles: true, detail }));
  }

  return {
    /** Whether the content script wants to know where bars stand. */
    isTimed: null as unknown,

    announce(pane: Element, message: SentScaleMessage): void {
      const detail = formatScaleMessage(message);
      if (told.get(pane) === detail) return;
      told.set(pane, detail);
      dispatch(pane, detail);
    },

    /** Says everything again. */
    sayAgain(): void {
      for (const [pane, detail] of told) dispatch(pane, detail);
    },

    /** Of panes that left the page: should one return, everything is news. */
    forgetGone(): void {
      for (const pane of told.keys()) if (!pane.isConnected) told.delete(pane);
    },

    /** For a pane that shows the chart no longer. */
    withdraw(pane: Element): void {
      if (told.delete(pane)) dispatch(pane, GONE);
    },
  };
}
