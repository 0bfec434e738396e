import { ensureChromeBuild } from '@/scripts/build-extension';

import type { Bench } from './bench';
import { firstBands } from './browser/first-band';

export const run: Bench = () => {
  ensureChromeBuild();
  return firstBands();
};
