import type { PriceScale } from '@/lib/chart/price-scale';
import { formatClusterPrice, formatDistance, formatPrice, formatUsd, formatUsdShort, NOTHING } from '@/lib/core/format';
import type { MediaPx } from '@/lib/core/units';
import { t } from '@/lib/i18n/words';

import { createBandCells, fillBandCells, type BandCells } from './band-cells';
import { marketPrice } from './band-state';
import { findBandStyles, type BarsLook } from './band-styles';
import { footHeight, hasLegend, HEAD_HEIGHT, NOTE_HEIGHT } from './band-view';
import type { LevelsView, PixelPicture, ReadoutView } from './band-view';
import { createCumulativeLine } from './cumulative-line';
import { heatScaleFromSums, type HeatScale } from './heat-scale';
import type { LevelChoices } from './level-choices';
import type { HeatTables } from './palette';
import { placeLabels, type Label } from './place-labels';
import type { OwnLevel } from './place-own-levels';
import { usdBelow, usdBetween, usdToPrice, type ProfileSums } from './profile-sums';
import { createStripRows } from './strip-rows';
import { zoneAround, type Zone } from './zones';

/** Below this height in device pixels, neighbouring bins are drawn as one cell of the strip. */
const MIN_CELL_BITMAP_PX = 2;
const HEAT_LEGEND_HEIGHT = 5;
/** Half-width of the read-out's window around the pointer's price. */
export const AROUND = 0.001;
const MIN_FIGURE_USD = 1;

/** What must be known of the levels as a whole: whose they are, how much of the market they are. */
export interface BandNote {
  readonly short: string;
  readonly long: string;
}

export interface LevelsInput {
  readonly sums: ProfileSums;
  /** Sorted by USD, largest first. */
  readonly labels: readonly Label[];
  /** The user's own liquidation prices, in the chart's prices. */
  readonly ownLevels: readonly OwnLevel[];
  readonly scale: PriceScale;
  /** CSS pixels. */
  readonly height: number;
  readonly bandWidth: number;
  readonly ratioY: number;
  readonly hasMargin: boolean;
  /** One pixel wide for the strip, which may have rows beyond the pane at both ends; as wide as the band for bars. */
  readonly picture: PixelPicture;
  readonly tables: HeatTables;
  readonly legendImage: CanvasImageSource;
  /** What is drawn as bars instead of the strip, and how; null where they are not wanted. */
  readonly bars: BarsLook | null;
  readonly choices: LevelChoices;
  readonly priceDigits: number;
  /** A few words each for the head, a sentence for the read-out. */
  readonly notes: readonly BandNote[];
  /** CSS pixels from the top; null while the pointer is elsewhere. */
  readonly pointerY: number | null;
}

/** How a strip's cells are coloured, and between which USD: per bin, as a threshold is set, whatever number a cell has. */
interface StripHeat extends HeatScale {
  readonly sums: ProfileSums;
  readonly binsPerCell: number;
  readonly choices: LevelChoices;
  readonly loText: string;
  readonly hiText: string;
}

/** Turns a profile and a scale into a view. One builder per band: its buffers serve every frame. */
export function createLevelsBuilder() {
  const cells = createBandCells();
  const longLine = createCumulativeLine();
  const shortLine = createCumulativeLine();
  const paintRows = createStripRows();
  let heat: StripHeat | null = null;

  const fillCells = ({ sums, scale, picture, ratioY, choices }: LevelsInput, minCellPx: number): void =>
    fillBandCells(sums, scale, picture.rows, ratioY, minCellPx, cells, choices.rowBins);

  const stripHeat = (sums: ProfileSums, choices: LevelChoices, binsPerCell: number): StripHeat => {
    if (heat?.sums !== sums || heat.binsPerCell !== binsPerCell || heat.choices !== choices) {
      const scale = heatScaleFromSums(sums, binsPerCell, choices);
      const [loText, hiText] = [scale.lo, scale.hi].map((usd) => formatUsdShort(usd / binsPerCell));
      heat = { sums, binsPerCell, choices, ...scale, loText, hiText };
    }
    return heat;
  };

  /** Paints the strip's rows; returns how they are coloured. */
  const paintStrip = (input: LevelsInput): StripHeat => {
    fillCells(input, MIN_CELL_BITMAP_PX);
    const painted = stripHeat(input.sums, input.choices, cells.binsPerCell);
    paintRows(input, cells, painted);
    return painted;
  };

  const stripParts = (input: LevelsInput) => {
    const { lo, loText, hiText } = paintStrip(input);
    return {
      style: 'strip',
      least: lo,
      leastText: loText,
      legend: { image: input.legendImage, height: HEAT_LEGEND_HEIGHT, loText, hiText },
    } as const;
  };

  const barParts = (input: LevelsInput, bars: BarsLook) => {
    const { sums, picture, ratioY, bandWidth } = input;
    // Bars have no colours to be gauged.
    heat = null;
    fillCells(input, Math.round(bars.minBarPx * ratioY));
    bars.fill(cells, sums, picture.width / bandWidth, picture);
    picture.put();
    return {
      style: 'bars',
      least: Number.MIN_VALUE,
      leastText: formatUsdShort(0),
      legend: bars.legend,
    } as const;
  };

  const build = (input: LevelsInput): LevelsView => {
    const { sums, scale, ratioY, choices } = input;
    const { legend, style, least, leastText } = input.bars === null ? stripParts(input) : barParts(input, input.bars);
    const styles = findBandStyles();
    styles?.fillCumulativeLine(sums, cells, scale, ratioY, 'long', longLine);
    styles?.fillCumulativeLine(sums, cells, scale, ratioY, 'short', shortLine);
    const price = marketPrice(sums.profile);
    const high = Math.max(scale.topPrice, scale.bottomPrice);
    const low = Math.min(scale.topPrice, scale.bottomPrice);
    // Of a side that is not wanted nothing is told, which is not the same as none.
    const textOf = (other: 'long' | 'short', usd: number): string => formatUsdShort(choices.side === other ? NaN : usd);
    const shorts = { positionSide: 'short', text: textOf('long', usdBelow(sums, 'short', high)) } as const;
    const longs = { positionSide: 'long', text: textOf('short', usdBetween(sums, 'long', low, Infinity)) } as const;
    const reserved = reservedZones(input);
    const own = styles?.placeOwnLevels(input.ownLevels, scale, price, reserved) ?? [];
    return {
      kind: 'levels',
      style,
      emptyText: isBelow(cells, least) ? t('band.over', { usd: leastText }) : null,
      picture: input.picture,
      priceY: scale.priceToY(price),
      head: scale.isInverted ? longs : shorts,
      foot: scale.isInverted ? shorts : longs,
      above: scale.isInverted ? longLine : shortLine,
      below: scale.isInverted ? shortLine : longLine,
      labels: choices.hasLabels
        ? placeLabels(input.labels, scale, price, [...reserved, ...own.map(({ y }) => zoneAround(y))])
        : [],
      ownLevels: own.map(({ level, y, distance, hasTag }) => ({
        y,
        hasTag,
        label: t(`band.own.${level.positionSide}`),
        figures: [
          formatClusterPrice(level.price, input.priceDigits),
          formatDistance(distance),
          // Past its own price a position has nobody of its side on the way.
          t('band.own.before', {
            usd: formatUsdShort(usdBetween(sums, level.positionSide, sums.profile.markPrice, level.price)),
          }),
        ].join('  '),
        shortText: t('band.own.near', { distance: formatDistance(distance) }),
      })),
      legend: hasLegend(input.height, input.bandWidth) ? legend : null,
      notes: input.notes.map(({ short }) => short),
      readout: input.pointerY === null ? null : readoutAt(input, input.pointerY, price),
    };
  };

  return {
    build,
    paintStrip,
    /** Gauges the colours of new figures, for which a frame that draws them has no time. */
    gauge(sums: ProfileSums): void {
      if (heat !== null) stripHeat(sums, heat.choices, heat.binsPerCell);
    },
  };
}

/** Head and foot, which stand over the levels: labels outside the band need only stay inside the pane. */
function reservedZones({ height, bandWidth, hasMargin, notes }: LevelsInput): Zone[] {
  const head = HEAD_HEIGHT + notes.length * NOTE_HEIGHT;
  return hasMargin
    ? [
        [-Infinity, 6],
        [height - 6, Infinity],
      ]
    : [
        [-Infinity, head + 2],
        [height - footHeight(height, bandWidth) - 2, Infinity],
      ];
}

/** Whether no cell in view holds as much. */
function isBelow({ count, long, short }: BandCells, usd: number): boolean {
  for (let i = 0; i < count; i++) if (long[i] + short[i] >= usd) return false;
  return true;
}

function readoutAt({ sums, scale, priceDigits, notes }: LevelsInput, y: number, market: number): ReadoutView {
  const price = scale.yToPrice(y as MediaPx);
  const around = (positionSide: 'long' | 'short'): string => {
    const usd = usdBetween(sums, positionSide, price * (1 - AROUND), price * (1 + AROUND));
    return usd < MIN_FIGURE_USD ? NOTHING : formatUsd(usd);
  };
  return {
    y,
    positionSide: price < market ? 'long' : 'short',
    priceText: formatPrice(price, priceDigits),
    distanceText: formatDistance(price / market - 1, 2),
    longText: around('long'),
    shortText: around('short'),
    sumText: formatUsd(usdToPrice(sums, price)),
    notes: notes.map(({ long }) => long),
  };
}
