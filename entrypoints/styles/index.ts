import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';

import { registerBandStyles } from '@/lib/render/band-styles';
import { createBarsLook } from '@/lib/render/bars-look';
import { fillCumulativeLine } from '@/lib/render/cumulative-line';
import { drawCumulatives } from '@/lib/render/draw-cumulative';
import { drawOwnLevels } from '@/lib/render/draw-own-levels';
import { placeOwnLevels } from '@/lib/render/place-own-levels';

import { hintBesideFirstBand } from './hint';
import { createLabelAxis } from './label-axis';
import { createPane } from './pane';
import { tellReaders } from './tell-readers';

/** Runs where the band's script runs (`wxt.config.ts`), of which it is a part: stands ready, tells pages of ours how scales are read, and shows a newcomer the hint. */
export default defineUnlistedScript(() => {
  registerBandStyles({
    createBarsLook,
    createLabelAxis,
    createPane,
    drawCumulatives,
    drawOwnLevels,
    fillCumulativeLine,
    placeOwnLevels,
  });
  tellReaders();
  void hintBesideFirstBand();
});
