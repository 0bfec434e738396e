import type { BandCells } from './band-cells';
import type { LegendView, PixelPicture } from './band-view';
import type { GroupSums } from './group-sums';
import type { HeatTables } from './palette';
import type { Theme } from './theme';

/** How bars by leverage look. */
export interface BarsLook {
  readonly legend: LegendView;
  /** Below this height in CSS pixels, neighbouring bins are drawn as one bar. */
  readonly minBarPx: number;
  fill(cells: BandCells, groups: GroupSums, ratioX: number, picture: PixelPicture): void;
}

/**
 * What draws the styles beside the heat strip. It is a content script of its own, so that pages on which nobody wants
 * more than the strip run the small script alone.
 */
export interface BandStyles {
  createBarsLook(document: Document, theme: Theme, tables: HeatTables): BarsLook;
}

/** All content scripts of an extension share one world in a page; nobody else is in it. */
const world = globalThis as { liqbandStyles?: BandStyles };

export const registerBandStyles = (styles: BandStyles): void => void (world.liqbandStyles = styles);

/** Null until they are loaded. */
export const findBandStyles = (): BandStyles | null => world.liqbandStyles ?? null;
