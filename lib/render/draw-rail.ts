import type { BandView } from './band-view';
import type { Context } from './draw-text';

const PRICE_GAP = 8;

/** One pixel along the inner edge. */
export function drawNeutralRail(context: Context, view: BandView): void {
  context.fillStyle = view.colours.neutral;
  context.fillRect(view.width - view.bandWidth, 0, 1, view.height);
}

/** The inner edge in the colours of the sides, broken around the price. */
export function drawSideRail(
  context: Context,
  view: BandView,
  priceY: number,
  topColour: string,
  bottomColour: string,
): void {
  const x = view.width - view.bandWidth;
  const y = Math.round(priceY);
  context.globalAlpha = 0.9;
  context.fillStyle = topColour;
  context.fillRect(x, 0, 1, Math.max(0, Math.min(view.height, y - PRICE_GAP)));
  context.fillStyle = bottomColour;
  const from = Math.max(0, y + PRICE_GAP);
  context.fillRect(x, from, 1, Math.max(0, view.height - from));
  context.globalAlpha = 1;
}
