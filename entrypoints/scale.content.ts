import { defineContentScript } from 'wxt/utils/define-content-script';

import { isOwnPage } from '@/lib/sites/page-call';
import { startScaleReader } from '@/lib/sites/scale-reader';

/** Runs in the page's own world, where the charts' API is; frames of the same origin are reached from the page's document. */
export default defineContentScript({
  // The sites' pages; filled in by the build.
  matches: [],
  world: 'MAIN',
  runAt: 'document_start',
  // Charts embedded elsewhere are frames of the site.
  allFrames: true,
  main() {
    if (isOwnPage()) startScaleReader();
  },
});
