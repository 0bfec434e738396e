import { createPlot, SERIES } from '@/tests/fidelity/svg';

import type { Sample } from './gauges';
import { endsOf, levelOf } from './judgement';

/** Each gauge against the level that it is judged by: what is flat is a line at 1. */
const GAUGES: readonly (readonly [keyof Sample, string])[] = [
  ['workerMb', 'memory of the worker'],
  ['pageMb', 'memory of the page'],
  ['storedRows', 'rows stored'],
  ['pageListeners', 'listeners'],
  ['workerTimers', 'timers'],
  ['workerSignals', 'abort signals'],
  ['sockets', 'sockets'],
];
const COLOURS = [...SERIES, '#cf222e', '#9a6700', '#57606a'];

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
    { from: 0, to: 2, ticks: [0, 0.5, 1, 1.5, 2], format: (value) => value.toFixed(1), label: 'times its first level' },
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
