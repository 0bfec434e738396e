import type { HiddenReason } from '@/lib/market/chart-symbol';
import type { PositionSide } from '@/lib/market/liquidation';

import type { CumulativeLine } from './cumulative-line';
import type { Context } from './draw-text';
import type { PlacedLabel } from './place-labels';
import type { Sprites } from './sprites';
import type { BandColours } from './theme';

/** Pixels that are put together by the CPU: the strip's single column, stretched over its width, or the bars. */
export interface PixelPicture {
  readonly width: number;
  /** Of the pane, and beyond it at either end. */
  readonly rows: number;
  readonly margin: number;
  /** Row by row, with those beyond. */
  readonly pixels: Uint32Array;
  /** As something a context can draw: as the pixels were when last put. */
  image: CanvasImageSource;
  put(): CanvasImageSource;
  /** The row that belongs at the top of the pane. */
  top: number;
}

/** The heat that a legend shows: shorts' ramp above longs', equal in one-ramp palettes. */
export interface LegendView {
  readonly image: CanvasImageSource;
  /** CSS pixels. */
  readonly height: number;
  readonly loText: string;
  readonly hiText: string;
}

export interface SumView {
  readonly positionSide: PositionSide;
  readonly text: string;
}

export interface ReadoutView {
  /** CSS pixels. */
  readonly y: number;
  readonly positionSide: PositionSide;
  readonly priceText: string;
  readonly distanceText: string;
  readonly longText: string;
  readonly shortText: string;
  readonly sumText: string;
  /** Whole sentences of the notes under the head. */
  readonly notes: readonly string[];
}

/** The user's own liquidation level: a line that is always there, a tag where it has room. */
export interface OwnLevelView {
  /** CSS pixels. */
  readonly y: number;
  readonly hasTag: boolean;
  readonly label: string;
  /** Its price, how far it is, and what of others lies on the way. */
  readonly figures: string;
  /** What a tag inside the band says. */
  readonly shortText: string;
}

/** How the levels of the moment are drawn within the band. */
export type DrawnStyle = 'strip' | 'bars';

export interface LevelsView {
  readonly kind: 'levels';
  readonly style: DrawnStyle;
  readonly picture: PixelPicture;
  /** CSS pixels; may lie outside the pane. */
  readonly priceY: number;
  readonly head: SumView;
  readonly foot: SumView;
  readonly above: CumulativeLine;
  readonly below: CumulativeLine;
  readonly labels: readonly PlacedLabel[];
  readonly ownLevels: readonly OwnLevelView[];
  readonly legend: LegendView | null;
  /** Set where no bin in view reaches the threshold. */
  readonly emptyText: string | null;
  /** Lines under the head: what stands in for what, how much of the market is counted. */
  readonly notes: readonly string[];
  readonly readout: ReadoutView | null;
}

export type BandContent =
  | LevelsView
  | { readonly kind: 'late'; readonly picture: PixelPicture; readonly ageText: string }
  | { readonly kind: 'loading'; readonly daysDone: number; readonly daysTotal: number }
  | { readonly kind: 'hidden'; readonly reason: HiddenReason; readonly isCardShown: boolean }
  | { readonly kind: 'nothing' };

/** Everything a drawing of the band depends on, flat and in CSS pixels; the renderer adds nothing but ink. */
export interface BandView {
  /** Of the canvas, CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly ratioX: number;
  readonly ratioY: number;
  readonly bandWidth: number;
  readonly colours: BandColours;
  readonly sprites: Sprites;
  /** Whether labels hang in the chart's right margin or, lacking one, lie inside the band. */
  readonly hasMargin: boolean;
  /** Draws what lies under the levels over the whole pane; null in styles that keep to the band. */
  readonly backdrop: ((context: Context) => void) | null;
  readonly content: BandContent;
}

export const HEAD_HEIGHT = 22;
export const NOTE_HEIGHT = 14;
export const FLAG_WIDTH = 92;
export const FLAG_GAP = 7;
export const READOUT_WIDTH = 196;
/** On the band's element, which covers the pane: how much of it is the band's, labels included. */
export const WIDTH_PROPERTY = '--width';
const LEGEND_HEIGHT = 28;
const TALL_HEIGHT = 400;
const LEGEND_MIN_WIDTH = 66;

/** A pane too low or a band too narrow for figures has no legend. */
export const hasLegend = (height: number, bandWidth: number): boolean =>
  height >= TALL_HEIGHT && bandWidth >= LEGEND_MIN_WIDTH;

export const footHeight = (height: number, bandWidth: number): number =>
  hasLegend(height, bandWidth) ? HEAD_HEIGHT + LEGEND_HEIGHT : HEAD_HEIGHT;
