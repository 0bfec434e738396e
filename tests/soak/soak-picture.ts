import { createPlot, SERIES } from '@/tests/fidelity/svg';

import type { Sample } from './gauges';

/** Each gauge against its own level of the first day: what is flat is a line at 1. */
const GAUGES: readonly (readonly [keyof Sample, string])[] = [
  ['workerMb', 'memory of the worker'],
  ['pageMb', 'memory of the page'],
  ['storedMb', 'storage'],
  ['pageListeners', 'listeners'],
  ['workerTimers', 'timers'],
  ['workerSignals', 'abort signals'],
  ['sockets', 'sockets'],
];
const COLOURS = [...SERIES, '#cf222e', '#9a6700', '#57606a'];

/** Of memory what is left at rest counts: a sample may fall into the folding of a month, which is given back. */
const AT_REST: readonly (keyof Sample)[] = ['workerMb', 'pageMb'];

/** What a gauge showed in some samples: the mean, of memory the least. */
export const levelOf = (samples: readonly Sample[], gauge: keyof Sample): number => {
  const values = samples.map((sample) => sample[gauge]);
  return AT_REST.includes(gauge) ? Math.min(...values) : values.reduce((sum, value) => sum + value, 0) / values.length;
};

/** The first and the last seventh of a run. */
export const endsOf = (
  samples: readonly Sample[],
): { readonly first: readonly Sample[]; readonly last: readonly Sample[] } => {
  const part = Math.max(1, Math.floor(samples.length / 7));
  return { first: samples.slice(0, part), last: samples.slice(-part) };
};

export function soakPicture(samples: readonly Sample[], title: string): string {
  const hours = samples[samples.length - 1].hours;
  const isLong = hours > 48;
  const ticks = Array.from({ length: 8 }, (_, nth) => (nth * hours) / 7);
  const { first } = endsOf(samples);
  const plot = createPlot(
    title,
    {
      from: 0,
      to: hours,
      ticks,
      format: (at) => (isLong ? (at / 24).toFixed(0) : (60 * at).toFixed(0)),
      label: isLong ? 'simulated days' : 'minutes',
    },
    { from: 0, to: 2, ticks: [0, 0.5, 1, 1.5, 2], format: (value) => value.toFixed(1), label: 'times the first day' },
  );
  GAUGES.forEach(([gauge, words], nth) => {
    const base = levelOf(first, gauge);
    plot.line(
      samples.map((sample) => [sample.hours, Math.min(2, sample[gauge] / base)] as const),
      COLOURS[nth],
    );
    plot.text(
      0.02 * hours,
      0.78 - 0.1 * nth,
      `${words}: ${digits(base)} to ${digits(levelOf(endsOf(samples).last, gauge))}`,
      COLOURS[nth],
    );
  });
  return plot.toSvg();
}

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
