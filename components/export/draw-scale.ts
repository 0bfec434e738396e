import { formatUsd } from '@/lib/core/format';
import { type Context, drawText, FONTS } from '@/lib/render/draw-text';
import type { HeatScale } from '@/lib/render/heat-scale';

const RAMP_WIDTH = 120;
const RAMP_HEIGHT = 8;
const GAP = 6;

/** What a picture's colours tell: faint to dense between two ends in USD, and in words what those are of. */
export interface ColourScale extends HeatScale {
  readonly ramp: CanvasImageSource;
  readonly words: string;
}

export function drawScale(
  context: Context,
  { ramp, lo, hi, words }: ColourScale,
  x: number,
  y: number,
  ink: string,
): void {
  const write = (text: string, left: number): number => {
    drawText(context, text, left, y, FONTS.sumStrong, ink);
    return left + context.measureText(text).width + GAP;
  };
  const left = write(formatUsd(lo), x);
  // The shorts' ramp lies above the longs'.
  context.imageSmoothingEnabled = false;
  context.drawImage(ramp, left, y - RAMP_HEIGHT / 2, RAMP_WIDTH, RAMP_HEIGHT);
  const right = write(formatUsd(hi), left + RAMP_WIDTH + GAP);
  drawText(context, words, right + GAP, y, FONTS.sum, ink);
}
