import { findBandStyles } from './band-styles';
import type { BandView, LevelsView } from './band-view';
import { drawHeat } from './draw-heat';
import { drawLabels } from './draw-labels';
import { drawSideRail } from './draw-rail';
import { drawReadout } from './draw-readout';
import { drawEmpty, drawHidden, drawLate, drawLoading } from './draw-states';
import { drawSums } from './draw-sums';
import type { Context } from './draw-text';

/** Draws one picture of the band; what was there before is gone. */
export function drawBand(context: Context, view: BandView): void {
  context.setTransform(view.ratioX, 0, 0, view.ratioY, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
  const { content } = view;
  switch (content.kind) {
    case 'levels':
      drawLevels(context, view, content);
      break;
    case 'late':
      drawHeat(context, view, content.picture, 'strip');
      drawLate(context, view, content.ageText);
      break;
    case 'loading':
      drawLoading(context, view, content.daysDone, content.daysTotal);
      break;
    case 'hidden':
      drawHidden(context, view, content.reason, content.isCardShown);
      break;
    case 'nothing':
      break;
  }
}

function drawLevels(context: Context, view: BandView, levels: LevelsView): void {
  const topColour = view.colours[levels.head.positionSide];
  const bottomColour = view.colours[levels.foot.positionSide];
  view.backdrop?.(context);
  drawHeat(context, view, levels.picture, view.backdrop === null ? levels.style : 'pane');
  drawSideRail(context, view, levels.priceY, topColour, bottomColour);
  if (levels.emptyText === null) {
    findBandStyles()?.drawCumulatives(context, view, levels);
    drawLabels(context, view, levels.labels);
  } else {
    drawEmpty(context, view, levels.emptyText);
  }
  drawSums(context, view, levels);
  findBandStyles()?.drawOwnLevels(context, view, levels.ownLevels);
  if (levels.readout !== null) drawReadout(context, view, levels.readout);
}
