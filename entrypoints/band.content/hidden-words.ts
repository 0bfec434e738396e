/** Most reasons pass by themselves within a moment. */
const TAB_AFTER_MS = 1000;
const CARD_UNTIL_MS = TAB_AFTER_MS + 6000;

/** What a band that is hidden says of it: nothing for a moment, then why for a while, then only a tab at its foot. */
export function createHiddenWords(now: () => number) {
  let reason: string | null = null;
  let sinceMs = 0;
  return {
    /** Why it is hidden; null when it is not. Another reason begins anew. */
    note(next: string | null): void {
      if (next !== null && next !== reason) sinceMs = now();
      reason = next;
    },
    says(): 'nothing' | 'why' | 'tab' {
      const forMs = now() - sinceMs;
      if (forMs < TAB_AFTER_MS) return 'nothing';
      return forMs < CARD_UNTIL_MS ? 'why' : 'tab';
    },
    /** In how long it says something else; null when never. */
    nextChangeMs(): number | null {
      const forMs = now() - sinceMs;
      if (forMs < TAB_AFTER_MS) return TAB_AFTER_MS - forMs;
      return forMs < CARD_UNTIL_MS ? CARD_UNTIL_MS - forMs : null;
    },
  };
}
