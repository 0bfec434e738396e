import type { BarTimes } from '@/lib/chart/bar-times';
import type { PriceScale } from '@/lib/chart/price-scale';
import type { PaneHistory, PaneRequest } from '@/lib/market/pane-history';
import type { Profile } from '@/lib/market/profile';

import type { BandCells } from './band-cells';
import type { LegendView, PixelPicture } from './band-view';
import type { fillCumulativeLine } from './cumulative-line';
import type { drawCumulatives } from './draw-cumulative';
import type { drawOwnLevels } from './draw-own-levels';
import type { Context } from './draw-text';
import type { LevelChoices } from './level-choices';
import type { HeatTables } from './palette';
import type { placeOwnLevels } from './place-own-levels';
import type { ProfileSums } from './profile-sums';
import type { Theme } from './theme';

/** How bars by leverage look. */
export interface BarsLook {
  readonly legend: LegendView;
  /** Below this height in CSS pixels, neighbouring bins are drawn as one bar. */
  readonly minBarPx: number;
  fill(cells: BandCells, sums: ProfileSums, ratioX: number, picture: PixelPicture): void;
}

/** Everything that a picture of a full pane depends on. */
export interface PaneView {
  readonly times: BarTimes;
  readonly scale: PriceScale;
  /** The map of now. */
  readonly sums: ProfileSums;
  readonly tables: HeatTables;
  readonly choices: LevelChoices;
  /** Where the band begins, CSS pixels from the pane's left edge. */
  readonly right: number;
  readonly height: number;
  readonly ratioX: number;
  readonly ratioY: number;
}

/** The time by price heat of one chart, as long as its time axis can be read. */
export interface Pane {
  /** Whether the past in sight is still being made. */
  isFilling: boolean;
  take(part: PaneHistory): void;
  /**
   * What draws it into a cleared context; null where the chart's `times` do not tell where its bars stand, or where these
   * are not the bars of now. Another contract has another history.
   */
  under(
    view: Omit<PaneView, 'times'>,
    times: readonly number[],
    contractId: string,
  ): ((context: Context) => void) | null;
}

/** What a pane needs of the chart's band. */
export interface PaneHost {
  readHistory(request: PaneRequest): void;
  /** Asks for another frame, which parts of a picture may still need. */
  soon(): void;
}

/** An axis as its labels have it. */
export interface LabelledAxis {
  /** 2 where it shows percent. */
  readonly mode: number;
  /** What it shows at the top and at the bottom. */
  readonly prices: readonly number[];
  readonly height: number;
  /** What is written beside its ticks, each value followed by its y. */
  readonly written: readonly number[];
  /** How far its ticks lie from it. */
  readonly disagreementPx: number | null;
  /** By what its numbers are to be multiplied if labels like `68.250` mean whole numbers, or the reverse. */
  readonly otherReading?: number;
}

/**
 * The prices that one chart's labelled axis shows at its top and bottom, or why they are none. Asked with every painting
 * of the axis and with every price of the market; `isOwn` where that is the price of the chart itself.
 */
export type LabelAxis = (
  axis: LabelledAxis,
  profile: Profile,
  isOwn: boolean,
) => { readonly prices: readonly number[]; readonly doubt: 'no-base-price' | 'scale-disagrees' | null };

/**
 * What draws the styles beside the heat strip, the running sums of all, and the user's own levels, and what reads the meaning of labels. It is a content script of its own, so that
 * the band's first picture does not wait for it.
 */
export interface BandStyles {
  createBarsLook(theme: Theme, tables: HeatTables): BarsLook;
  createPane(host: PaneHost): Pane;
  createLabelAxis(documents: readonly Document[], now: () => number, signal: AbortSignal): LabelAxis;
  readonly fillCumulativeLine: typeof fillCumulativeLine;
  readonly drawCumulatives: typeof drawCumulatives;
  readonly placeOwnLevels: typeof placeOwnLevels;
  readonly drawOwnLevels: typeof drawOwnLevels;
}

/** All content scripts of an extension share one world in a page; nobody else is in it. */
const world = globalThis as { liqbandStyles?: BandStyles };

export const registerBandStyles = (styles: BandStyles): void => void (world.liqbandStyles = styles);

/** Null until they are loaded. */
export const findBandStyles = (): BandStyles | null => world.liqbandStyles ?? null;
