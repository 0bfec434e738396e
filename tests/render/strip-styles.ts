import { registerBandStyles } from '@/lib/render/band-styles';
import { createBarsLook } from '@/lib/render/bars-look';
import { fillCumulativeLine } from '@/lib/render/cumulative-line';
import { drawCumulatives } from '@/lib/render/draw-cumulative';
import { drawOwnLevels } from '@/lib/render/draw-own-levels';
import { placeOwnLevels } from '@/lib/render/place-own-levels';

/** What the script beside the band's registers in every page, but for the full pane and labelled axes. */
export const registerStripStyles = (): void =>
  registerBandStyles({
    createBarsLook,
    createPane: () => ({ isFilling: false, take: () => {}, under: () => null }),
    createLabelAxis: () => () => ({ prices: [], doubt: null }),
    drawCumulatives,
    drawOwnLevels,
    fillCumulativeLine,
    placeOwnLevels,
  });
