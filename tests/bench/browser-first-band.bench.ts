import { ensureBuild } from '@/scripts/build-extension';

import type { Bench } from './bench';
import { firstBands } from './browser/first-band';

export const run: Bench = () => {
  ensureBuild('chrome');
  return firstBands();
};
