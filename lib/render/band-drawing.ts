import type { speak } from '@/lib/i18n/words';

import type { createLevelsBuilder } from './build-levels';
import type { drawBand } from './draw-band';
import type { createLooks } from './looks';
import type { createPicture } from './pixel-picture';

/** What the band's script draws with. A page of ours loads that script for a picture of the band: so both are the same. */
export interface BandDrawing {
  /** The script has texts of its own. */
  readonly speak: typeof speak;
  readonly createLooks: typeof createLooks;
  readonly createLevelsBuilder: typeof createLevelsBuilder;
  readonly createPicture: typeof createPicture;
  readonly drawBand: typeof drawBand;
}

/** All scripts of an extension share one world in a page; nobody else is in it. */
const world = globalThis as { liqbandDrawing?: BandDrawing };

export const shareBandDrawing = (drawing: BandDrawing): void => void (world.liqbandDrawing = drawing);

/** Null until the band's script is loaded. */
export const findBandDrawing = (): BandDrawing | null => world.liqbandDrawing ?? null;
