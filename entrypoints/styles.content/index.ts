import { defineContentScript } from 'wxt/utils/define-content-script';

import { registerBandStyles } from '@/lib/render/band-styles';
import { createBarsLook } from '@/lib/render/bars-look';
import { fillCumulativeLine } from '@/lib/render/cumulative-line';
import { drawCumulatives } from '@/lib/render/draw-cumulative';
import { groupSumsFromProfile } from '@/lib/render/group-sums';
import { SITE_MATCHES } from '@/lib/sites/hosts';

import { createPane } from './pane';

/** Where the band's script runs; does nothing but stand ready. */
export default defineContentScript({
  matches: [...SITE_MATCHES],
  runAt: 'document_idle',
  allFrames: true,
  main: () =>
    registerBandStyles({ createBarsLook, createPane, drawCumulatives, fillCumulativeLine, groupSumsFromProfile }),
});
