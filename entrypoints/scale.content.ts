import { defineContentScript } from 'wxt/utils/define-content-script';

import { SITE_MATCHES } from '@/lib/sites/hosts';
import { startScaleReader } from '@/lib/sites/scale-reader';

/** Runs in the page's own world, where the charts' API is; frames are reached from the top document. */
export default defineContentScript({
  matches: [...SITE_MATCHES],
  world: 'MAIN',
  runAt: 'document_start',
  main() {
    startScaleReader(window);
  },
});
