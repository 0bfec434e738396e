import { placeOf } from '@/lib/chart/bar-times';

import { callPage, numberFrom } from './page-call';

const ASKED_FIRST = ['width', 'barSpacing', 'rightOffset'];
/** Behind the first, times of bars: at as many places. */
const COUNT = 36;
/** Of a chart that moves every third, where bars are so wide that hardly a place lies between two. */
const WIDE_PX = 6;

/**
 * What the chart's time scale says of its bars: its width, pixels from bar to bar, bars right of the newest, then the
 * times of the bars at places `placeOf` the numbers' own indices, 0 where there is none or none was asked for. All that
 * is made of it, and every doubt, is the content script's part.
 */
export function readTimes(chart: unknown, isMoving: boolean): readonly number[] {
  const scale = callPage(chart, 'getTimeScale');
  const numbers: number[] = [];
  for (let i = 0; i < COUNT; i++) {
    const method = ASKED_FIRST[i] ?? 'coordinateToTime';
    const isLeftOut = isMoving && numbers[1] > WIDE_PX && i > 2 && i % 3;
    numbers.push(isLeftOut ? 0 : numberFrom(callPage(scale, method, placeOf(i, numbers[0]))) || 0);
  }
  return numbers;
}
