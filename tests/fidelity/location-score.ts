// Bits per event that a map tells about the place of liquidations within the range that price crossed.
import { DAY_MS, floorToStep } from '@/lib/core/time';

import { blockMean, type Interval } from './bootstrap';
import { curveFeatures, fitChoice, fitExtra, logProbabilities, type Choice } from './choice-model';
import type { LocationMap } from './location-maps';
import { learnShares } from './location-shares';
import type { LocationWindow } from './location-windows';

export interface LocationScore {
  /** Bits per event over uniform, the map as it is. */
  readonly overUniform: Interval;
  /** Bits per event that the map adds to a position-in-range curve; all that is fitted, on the other days. */
  readonly overCurve: Interval;
  /** Events in the top tenth of the crossed cells / that tenth; by number and by USD. */
  readonly lift: Interval;
  readonly liftUsd: Interval;
  /** The bits over the curve, event by event in blocks of a day: the same events for every map. */
  readonly curveBits: readonly (readonly number[])[];
}

/** A level is read no sharper than a triangle of this half width, in cells; which one, the other days decide. */
const KERNELS = [2, 4, 8, 12];
/** Part of the mean that each cell has besides, so that one event in an empty cell is no infinite loss; likewise. */
const EVEN_PARTS = [0.01, 0.1];
/** Shares are learned through this one: exact levels would be told apart by chance. */
const LEARNING_KERNEL = 8;
/** Where nothing is fitted. */
const UNFITTED = { kernel: 2, evenPart: 0.1 } as const;

/** What all maps of some windows are scored against: days, and the curve as fitted without each of them. */
export interface LocationBench {
  readonly windows: readonly LocationWindow[];
  readonly days: readonly LocationDay[];
  readonly features: readonly Choice['features'][];
}

interface LocationDay {
  /** Indices of the day's windows, and of all others. */
  readonly own: readonly number[];
  readonly others: readonly number[];
  readonly curve: readonly number[];
}

export function locationBench(windows: readonly LocationWindow[]): LocationBench {
  const features = windows.map(({ cellCount }) => curveFeatures(cellCount));
  const plain = windows.map((window, i) => ({ chosen: cellsOf(window), features: features[i], extra: [] }));
  const days = [...new Set(windows.map(dayOf))].map((day): LocationDay => {
    const isOwn = (i: number): boolean => dayOf(windows[i]) === day;
    const indices = windows.map((_, i) => i);
    const others = indices.filter((i) => !isOwn(i));
    const curve = fitChoice(
      others.map((i) => plain[i]),
      false,
    );
    return { own: indices.filter(isOwn), others, curve };
  });
  return { windows, days, features };
}

/** Scores one map, given for each window in its order. */
export function scoreLocation({ windows, days, features }: LocationBench, map: LocationMap): LocationScore {
  const read = createReader(windows, map);
  const uniformBits: number[][] = [];
  const curveBits: number[][] = [];
  const lifts: { readonly hit: number; readonly usd: number }[][] = [];
  for (const { own, others, curve } of days) {
    const cellsThrough = read(others);
    const candidates = KERNELS.flatMap((kernel) => {
      const cells = cellsThrough(kernel);
      return EVEN_PARTS.map((evenPart) =>
        windows.map((window, i): Choice => ({
          chosen: cellsOf(window),
          features: features[i],
          extra: logMass(cells[i], evenPart),
        })),
      );
    }).map((choices) => {
      const ofOthers = others.map((i) => choices[i]);
      return { choices, ofOthers, ...fitExtra(ofOthers, curve) };
    });
    const best = candidates.reduce((a, b) => (b.gain > a.gain ? b : a));
    const full = fitChoice(best.ofOthers, true, [...curve, best.weight]);
    curveBits.push(
      own.flatMap((i) => {
        const base = logProbabilities(best.choices[i], curve, false);
        return logProbabilities(best.choices[i], full, true).map((log, e) => (log - base[e]) / Math.LN2);
      }),
    );
    const unfitted = cellsThrough(UNFITTED.kernel);
    uniformBits.push(own.flatMap((i) => windows[i].events.map(({ cell }) => bitsOverUniform(unfitted[i], cell))));
    const sharp = cellsThrough(0);
    lifts.push(own.flatMap((i) => windows[i].events.map(({ cell, usd }) => ({ hit: topTenth(sharp[i], cell), usd }))));
  }
  const usdMean = blockMean(lifts.map((block) => block.map(({ usd }) => usd))).value;
  return {
    overUniform: blockMean(uniformBits),
    overCurve: blockMean(curveBits),
    lift: blockMean(lifts.map((block) => block.map(({ hit }) => hit))),
    liftUsd: blockMean(lifts.map((block) => block.map(({ hit, usd }) => (hit * usd) / usdMean))),
    curveBits,
  };
}

/** Bits per event that one map tells over the curve more than another, paired. */
export const curveLead = (one: LocationScore, other: LocationScore): Interval =>
  blockMean(one.curveBits.map((block, d) => block.map((bits, e) => bits - other.curveBits[d][e])));

/** Mean bits per event over uniform of too few events for anything else. */
export function meanBitsOverUniform(windows: readonly LocationWindow[], map: LocationMap): number {
  const cells = createReader(windows, map)([])(UNFITTED.kernel);
  const bits = windows.flatMap(({ events }, i) => events.map(({ cell }) => bitsOverUniform(cells[i], cell)));
  return bits.reduce((sum, each) => sum + each, 0) / bits.length;
}

const dayOf = ({ startMs }: LocationWindow): number => floorToStep(startMs, DAY_MS);
const cellsOf = ({ events }: LocationWindow): readonly number[] => events.map(({ cell }) => cell);

type Reader = (others: readonly number[]) => (kernel: number) => readonly Float64Array[];

/** A map's cells through a kernel; where its shares are to be learned, under those that the other windows' events suggest. */
function createReader(windows: readonly LocationWindow[], { layers, shares, isLearned }: LocationMap): Reader {
  const through = memo((kernel) => layers.map((window) => window.map((cells) => smoothed(cells, kernel))));
  const mixed = (mix: readonly number[]) => (kernel: number) => through(kernel).map((window) => weighted(window, mix));
  const plain = memo(mixed(shares));
  return (others) => (isLearned ? mixed(learnShares(windows, through(LEARNING_KERNEL), others, shares)) : plain);
}

function memo<T>(make: (key: number) => T): (key: number) => T {
  const kept = new Map<number, T>();
  return (key) => {
    const value = kept.get(key) ?? make(key);
    kept.set(key, value);
    return value;
  };
}

function weighted(layers: readonly Float64Array[], shares: readonly number[]): Float64Array {
  const sum = new Float64Array(layers[0].length);
  layers.forEach((cells, k) => {
    for (let c = 0; c < sum.length; c++) sum[c] += shares[k] * cells[c];
  });
  return sum;
}

function logMass(cells: Float64Array, evenPart: number): readonly number[] {
  const mean = cells.reduce((sum, mass) => sum + mass, 0) / cells.length;
  return Array.from(cells, (mass) => (mean > 0 ? Math.log(mass / mean + evenPart) : 0));
}

function bitsOverUniform(cells: Float64Array, cell: number): number {
  const sum = cells.reduce((total, mass) => total + mass, 0);
  const share = sum > 0 ? (cells[cell] * cells.length) / sum : 1;
  return Math.log2((1 - UNFITTED.evenPart) * share + UNFITTED.evenPart);
}

/** Lift that one event scores: 1 / the tenth's true share of the cells if it fell into the fullest tenth; ties share. */
function topTenth(cells: Float64Array, cell: number): number {
  const count = Math.max(1, Math.round(cells.length / 10));
  let above = 0;
  let equal = 0;
  for (const mass of cells) {
    if (mass > cells[cell]) above++;
    else if (mass === cells[cell]) equal++;
  }
  const chance = Math.min(1, Math.max(0, (count - above) / equal));
  return (chance * cells.length) / count;
}

/** Triangular mean over the cells that lie within the half width; at the range's ends over those there are. */
function smoothed(cells: Float64Array, halfWidth: number): Float64Array {
  return cells.map((_, i) => {
    let sum = 0;
    let weights = 0;
    for (let j = Math.max(0, i - halfWidth); j <= Math.min(cells.length - 1, i + halfWidth); j++) {
      const weight = halfWidth + 1 - Math.abs(i - j);
      sum += weight * cells[j];
      weights += weight;
    }
    return sum / weights;
  });
}
