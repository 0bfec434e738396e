import { defineContentScript } from 'wxt/utils/define-content-script';

import { registerBandStyles } from '@/lib/render/band-styles';
import { createBarsLook } from '@/lib/render/bars-look';
import { SITE_MATCHES } from '@/lib/sites/hosts';

/** Where the band's script runs; does nothing but stand ready. */
export default defineContentScript({
  matches: [...SITE_MATCHES],
  runAt: 'document_idle',
  allFrames: true,
  main: () => registerBandStyles({ createBarsLook }),
});
