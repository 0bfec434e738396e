/** What a page of ours sends to every tab; each frame answers with contract, hidden reason and scale of each of its bands. */
export const READERS = 'liqband-bands';
/** Asks a band, at its element, to write on it how its scale is read. */
export const ASK_EVENT = 'liqband:ask';
