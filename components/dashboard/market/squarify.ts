/** A rectangle of a treemap, in units of the whole: 0 to the given width and height. */
export interface TreemapTile<T> {
  readonly item: T;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Weighed<T> {
  readonly item: T;
  readonly area: number;
}

/**
 * Rectangles that fill `width` x `height`, their areas in proportion to the weights, each as near to a square as a row
 * at a time allows (Bruls, Huizing, van Wijk 2000). Items must come by falling weight; those without any are left out.
 */
export function squarify<T>(
  items: readonly T[],
  weightOf: (item: T) => number,
  width: number,
  height: number,
): TreemapTile<T>[] {
  const weighed = items.filter((item) => weightOf(item) > 0);
  const perWeight = (width * height) / weighed.reduce((sum, item) => sum + weightOf(item), 0);
  const left = weighed.map((item) => ({ item, area: weightOf(item) * perWeight }));
  const tiles: TreemapTile<T>[] = [];
  const space = { x: 0, y: 0, width, height };
  while (left.length > 0) {
    const side = Math.min(space.width, space.height);
    let count = 1;
    while (count < left.length && worstRatio(left.slice(0, count + 1), side) <= worstRatio(left.slice(0, count), side))
      count++;
    const row = left.splice(0, count);
    const thickness = areaOf(row) / side;
    const isColumn = space.width >= space.height;
    let along = 0;
    for (const { item, area } of row) {
      const length = area / thickness;
      const [x, y, width, height] = isColumn ? [0, along, thickness, length] : [along, 0, length, thickness];
      tiles.push({ item, x: space.x + x, y: space.y + y, width, height });
      along += length;
    }
    if (isColumn) {
      space.x += thickness;
      space.width -= thickness;
    } else {
      space.y += thickness;
      space.height -= thickness;
    }
  }
  return tiles;
}

const areaOf = (row: readonly Weighed<unknown>[]): number => row.reduce((sum, { area }) => sum + area, 0);

/** How far the least square of a row along a side is from a square. */
function worstRatio(row: readonly Weighed<unknown>[], side: number): number {
  const thickness = areaOf(row) / side;
  return Math.max(...row.flatMap(({ area }) => [area / thickness ** 2, thickness ** 2 / area]));
}
