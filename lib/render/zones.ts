/** Rows that are taken: CSS pixels from and to. */
export type Zone = readonly [from: number, to: number];

const HALF_HEIGHT = 11;

/** The rows that a tag or label at y takes. */
export const zoneAround = (y: number): Zone => [y - HALF_HEIGHT, y + HALF_HEIGHT];

/** Whether a tag or label at y would lie on any of them. */
export const touches = (y: number, taken: readonly Zone[]): boolean =>
  taken.some(([from, to]) => y + HALF_HEIGHT > from && y - HALF_HEIGHT < to);
