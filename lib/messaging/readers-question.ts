/** What a page of ours sends to every tab; each frame answers with contract, hidden reason and scale of each of its bands. */
export const READERS = 'liqband-bands';
