import type { Bench } from './bench';
import { feedDelay } from './browser/feed-delay';
import { onStage } from './browser/on-stage';
import { overlayCost } from './browser/overlay-cost';
import { popupPaint } from './browser/popup-paint';

/** What a page, the wire and the popup wait for. */
export const run: Bench = () =>
  onStage(async (stage) => [...(await overlayCost(stage)), await feedDelay(stage), await popupPaint(stage)]);
