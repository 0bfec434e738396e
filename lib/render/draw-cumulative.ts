import type { BandView, LevelsView } from './band-view';
import type { CumulativeLine } from './cumulative-line';
import type { Context } from './draw-text';

const INSET_LEFT = 4;
const INSET_RIGHT = 2;
const LINE_WIDTH = 1.5;
const HALO_WIDTH = 2;

/** USD that the whole width stands for: one scale for both sides, or they could not be compared. */
const cumulativeMax = (above: CumulativeLine, below: CumulativeLine): number =>
  Math.max(above.count > 0 ? above.usd[above.count - 1] : 0, below.count > 0 ? below.usd[below.count - 1] : 0);

/** Both sides' running sums, in the colours of the sides, or neutral where bars have these. */
export function drawCumulatives(
  context: Context,
  view: BandView,
  { above, below, head, foot, style }: LevelsView,
): void {
  const max = cumulativeMax(above, below);
  const isNeutral = style === 'bars';
  drawCumulative(context, view, above, max, isNeutral ? null : view.colours[head.positionSide]);
  drawCumulative(context, view, below, max, isNeutral ? null : view.colours[foot.positionSide]);
}

/** Grows from zero at the axis, away from it. Without a colour it is thin and neutral, to lie over coloured bars. */
function drawCumulative(
  context: Context,
  view: BandView,
  line: CumulativeLine,
  max: number,
  colour: string | null,
): void {
  if (line.count < 2 || !(max > 0)) return;
  const zero = view.width - INSET_RIGHT;
  const perUsd = (view.bandWidth - INSET_LEFT - INSET_RIGHT) / max;
  context.beginPath();
  for (let i = 0; i < line.count; i++) {
    const x = zero - line.usd[i] * perUsd;
    const y = line.y[i] / view.ratioY;
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.lineJoin = 'round';
  context.globalAlpha = 0.55;
  const lineWidth = colour === null ? 1 : LINE_WIDTH;
  context.lineWidth = lineWidth + HALO_WIDTH;
  context.strokeStyle = view.colours.ground;
  context.stroke();
  context.globalAlpha = 1;
  context.lineWidth = lineWidth;
  context.strokeStyle = colour ?? view.colours.fg1;
  context.stroke();
}
