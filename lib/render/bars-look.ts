import type { BarsLook } from './band-styles';
import { fillBarPixels, groupColours, MIN_BAR_PX, type GroupColours } from './bar-pixels';
import type { HeatTables } from './palette';
import { createPicture } from './pixel-picture';
import type { Theme } from './theme';

/** Pixels of one group of leverage in the legend, of which the last stays free; rows of a side, and one between them. */
const SWATCH_WIDTH = 10;
const SWATCH_HEIGHT = 3;

/** Groups of leverage as swatches, the lowest first, the shorts' above the longs'. */
function createBarsLegendImage({ long, short }: GroupColours): CanvasImageSource {
  const picture = createPicture(SWATCH_WIDTH * long.length, 2 * SWATCH_HEIGHT + 1);
  for (let i = 0; i < picture.pixels.length; i++) {
    const row = Math.floor(i / picture.width);
    const x = i % picture.width;
    const colours = row < SWATCH_HEIGHT ? short : long;
    if (row !== SWATCH_HEIGHT && x % SWATCH_WIDTH < SWATCH_WIDTH - 1)
      picture.pixels[i] = colours[Math.floor(x / SWATCH_WIDTH)];
  }
  return picture.put();
}

/** Bars tell sides apart whatever the palette of the heat: `tables` are the opaque ones of a palette that does. */
export function createBarsLook(theme: Theme, tables: HeatTables): BarsLook {
  const colours = groupColours(tables, theme);
  const legend = {
    image: createBarsLegendImage(colours),
    height: 2 * SWATCH_HEIGHT + 1,
    loText: '\u226410x',
    hiText: '75x+',
  };
  return {
    legend,
    minBarPx: MIN_BAR_PX,
    fill: (cells, sums, ratioX, picture) => fillBarPixels(cells, sums, colours, ratioX, picture),
  };
}
