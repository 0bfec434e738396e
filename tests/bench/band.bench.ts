import { priceScaleFromSamples } from '@/lib/chart/price-scale';
import { findClusters } from '@/lib/market/clusters';
import type { Profile } from '@/lib/market/profile';
import { createBandCells, fillBandCells } from '@/lib/render/band-cells';
import { createLevelsBuilder, type LevelsInput } from '@/lib/render/build-levels';
import { heatScaleFromSums } from '@/lib/render/heat-scale';
import { heatTables } from '@/lib/render/palette';
import { labelFromCluster } from '@/lib/render/place-labels';
import { sumsFromProfile } from '@/lib/render/profile-sums';
import { registerStripStyles } from '@/tests/render/strip-styles';

import { rowOfTimes, type Bench, type BenchRow } from './bench';

const HEIGHT = 800;
const RATIO = 2;
const FRAMES = 2000;
const WARM_UP = 500;

// Loaded beside the band's script in every page: without them the running sums would cost nothing.
registerStripStyles();

const CHOICES = { thresholdUsd: null, fullUsd: null, rowBins: 1, side: 'both', hasLabels: true } as const;

/** A profile of 4,000 bins whose levels cluster, always the same. */
function syntheticProfile(): Profile {
  const bins = 4000;
  const binWidth = 0.0005;
  const markPrice = 60_000;
  const long = new Float32Array(bins);
  const short = new Float32Array(bins);
  for (let i = 0; i < bins; i++) {
    const usd = 2e6 * Math.exp(3 * Math.sin(i * 0.37) * Math.sin(i * 0.011)) + 1;
    (i < bins / 2 ? long : short)[i] = usd;
  }
  const firstBin = Math.floor(Math.log(markPrice) / binWidth) - bins / 2;
  return {
    asOfMs: 1,
    markPrice,
    lastPrice: markPrice,
    binWidth,
    firstBin,
    long,
    short,
    openInterestUsd: 5e9,
    unlocatedShare: 0,
  };
}

/** The scale of a chart that is dragged up and down by its price axis, zoom included. */
function scaleAt(frame: number) {
  const middle = 60_000 * (1 + 0.02 * Math.sin(frame / 40));
  const half = middle * (0.04 + 0.02 * Math.sin(frame / 97));
  const scale = priceScaleFromSamples([middle + half, middle - half], HEIGHT, 'normal');
  if (scale === null) throw new Error(`no scale at frame ${frame}`);
  return scale;
}

function measure(name: string, budget: number | null, note: string, run: (frame: number) => void): BenchRow {
  const times: number[] = [];
  for (let frame = 0; frame < WARM_UP + FRAMES; frame++) {
    const start = performance.now();
    run(frame);
    if (frame >= WARM_UP) times.push(performance.now() - start);
  }
  return rowOfTimes(times, { name, budget, budgetOn: 'p99', ratio: null, note });
}

export const run: Bench = async () => {
  const profile = syntheticProfile();
  const sums = sumsFromProfile(profile);
  const search = { fromPrice: 0, toPrice: Infinity, count: 40, minSeparation: 0.004 };
  const builder = createLevelsBuilder();
  const cells = createBandCells();
  const rows = new Uint32Array(HEIGHT * RATIO);
  const constant: Omit<LevelsInput, 'scale'> = {
    sums,
    labels: findClusters(profile, search).map(labelFromCluster),
    height: HEIGHT,
    bandWidth: 72,
    ratioY: RATIO,
    ownLevels: [],
    hasMargin: true,
    picture: {
      width: 1,
      rows: rows.length,
      margin: 0,
      pixels: rows,
      image: {} as CanvasImageSource,
      put: () => ({}) as CanvasImageSource,
      top: 0,
    },
    tables: heatTables('default', 'dark', 0.55),
    legendImage: {} as CanvasImageSource,
    bars: null,
    choices: CHOICES,
    priceDigits: 1,
    notes: [],
    pointerY: null,
  };
  return [
    measure('band: cells of a view', null, '4000 bins, 800 px at ratio 2', (frame) =>
      fillBandCells(sums, scaleAt(frame), rows.length, RATIO, 2, cells),
    ),
    measure('band: everything before the first draw call', 0.5, 'cells, colours, lines, labels, sums', (frame) => {
      builder.build({ ...constant, scale: scaleAt(frame) });
    }),
    measure('band: a new profile', null, 'running sums, clusters, percentiles; at most ten a second', () => {
      const fresh = sumsFromProfile(profile);
      findClusters(profile, search).map(labelFromCluster);
      heatScaleFromSums(fresh, 1, CHOICES);
    }),
  ];
};
