// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';

import { columnOf, messageFromLabels } from '@/lib/sites/label-message';

/** On an axis of its own, where x tells nothing. */
const drawn = (text: string, y: number, x = 4) => ({ text, x, left: x, y });
const linear = (price: number): number => (70_000 - price) / 25;
const ticks = [69_000, 68_000, 67_000, 66_000, 65_000].map((price) => drawn(price.toFixed(1), linear(price)));

it('turns ticks into the prices at the top and the bottom of the pane', () => {
  const message = messageFromLabels(ticks, [], 401);
  expect(message).toMatchObject({ state: 'ready', source: 'labels', symbol: '', height: 401, mode: 0 });
  if (message.state !== 'ready') throw new Error('no scale');
  expect(message.prices[0]).toBeCloseTo(70_000, 6);
  expect(message.prices[1]).toBeCloseTo(60_000, 6);
  expect(message.disagreementPx).toBeLessThan(1e-6);
});

it('keeps a price label among the ticks out of the fit', () => {
  const label = drawn('67512.3', linear(67_512.3) + 0.4);
  const message = messageFromLabels([...ticks, label], [], 401);
  expect(message.state === 'ready' && message.prices[0]).toBeCloseTo(70_000, 6);
});

it('tells how ambiguous labels would read the other way', () => {
  const whole = ticks.map(({ text, y }) => drawn(text.replace(/(\d{3})\.0$/, '.$1'), y));
  expect(messageFromLabels(whole, [], 401)).toMatchObject({ prices: [70, 60], otherReading: 1000 });
  expect(messageFromLabels(ticks, [], 401)).toMatchObject({ otherReading: 1 });
});

it('is confirmed by a moved label that stands where the fit says, and denied by one that does not', () => {
  const at = (offset: number) => messageFromLabels(ticks, [drawn('67512.3', linear(67_512.3) + offset)], 401);
  expect(at(0.5)).toMatchObject({ state: 'ready', disagreementPx: expect.closeTo(0, 6) as number });
  expect(at(13)).toMatchObject({ state: 'ready', disagreementPx: expect.closeTo(12, 6) as number });
});

it('tells what is written beside the ticks, in place behind them or moved', () => {
  const last = drawn('67512.3', linear(67_512.3));
  const written = (...args: Parameters<typeof messageFromLabels>) => {
    const message = messageFromLabels(...args);
    return message.state === 'ready' ? message.written?.filter((_, i) => i % 2 === 0) : null;
  };
  expect(written(ticks, [], 401)).toEqual([]);
  expect(written([...ticks, last], [], 401)).toEqual([67_512.3]);
  expect(written(ticks.toReversed(), [last], 401)).toEqual([67_512.3]);
});

it('tells percent as they are, with what is written beside them and where', () => {
  const percent = ticks.map(({ y }, i) => drawn(`${(2 - i).toFixed(2)}%`.replace('-', '\u2212'), y));
  const last = drawn('+0.31%', percent[0].y + 1.69 * (percent[1].y - percent[0].y) + 0.5);
  const message = messageFromLabels([...percent, last], [], 401);
  expect(message).toMatchObject({ state: 'ready', mode: 2, written: [0.31, last.y] });
  expect(message.state === 'ready' && message.prices.map((each) => Number(each.toFixed(6)))).toEqual([3, -7]);
});

it('takes an axis of prices for one though the change of a price is written on it', () => {
  const change = drawn('+0.31%', linear(67_512.3));
  expect(messageFromLabels(ticks, [change], 401)).toMatchObject({ state: 'ready', mode: 0 });
});

it.each([
  ['volumes', ticks.map(({ y }, i) => drawn(`${i}.05 K`, y))],
  ['too few ticks', ticks.slice(0, 2)],
  ['ticks at random heights', ticks.map(({ text }, i) => drawn(text, [10, 300, 40, 200, 90][i]))],
])('has no scale for %s', (_, labels) => {
  expect(messageFromLabels(labels, [], 401)).toEqual({ state: 'absent', symbol: '' });
});

describe('a canvas that holds more than the axis', () => {
  const axisTicks = ticks.map(({ text, y }) => drawn(text, y, 808));
  const legend = ['BTCUSDT', 'O', '68123.4'].map((text, i) => drawn(text, 12, 8 + 70 * i));
  const marker = drawn('\u2190 65123.4', linear(65_123.4), 300);
  const times = ['12:00', '13:00', '14:00'].map((text, i) => drawn(text, 392, 100 + 200 * i));
  const last = drawn('67512.3', linear(67_512.3), 808);

  function boxOf(...labels: (typeof ticks)[]) {
    document.body.innerHTML = '<div><canvas></canvas></div>';
    const canvas = document.querySelector('canvas')!;
    const box = canvas.parentElement!;
    Object.defineProperty(box, 'clientWidth', { value: 880 });
    Object.defineProperties(canvas, { offsetLeft: { value: 0 }, offsetTop: { value: 30 } });
    const all = labels.flat();
    const message = messageFromLabels(columnOf(all), [], 401, { box, canvas, labels: all });
    return message.state === 'ready' ? { ...message, prices: message.prices.map(Math.round) } : message;
  }

  it('is read by the labels below each other, and ends above the times', () => {
    expect(boxOf(legend, axisTicks, [marker, last], times)).toMatchObject({
      prices: [70_000, 70_000 - 25 * 377],
      height: 378,
      box: [30, 378, 802],
      written: [67_512.3, last.y],
    });
  });

  it('takes a marker beside its last tick for no row', () => {
    const low = drawn('\u2190 64990.1', linear(64_990.1), 300);
    expect(boxOf(axisTicks, [low], times)).toMatchObject({ box: [30, 378, 802] });
  });

  it('ends at the canvas where nothing stands below', () => {
    expect(boxOf(legend, axisTicks, [marker])).toMatchObject({ height: 401, box: [30, 401, 802] });
  });

  it('ends at its last tick where another axis goes on, or at what is written between', () => {
    const volume = ['2.5K', '1.2K'].map((text, i) => drawn(text, 300 + 40 * i, 808));
    const words = ['Vol', '1.234K'].map((text, i) => drawn(text, 260, 8 + 70 * i));
    expect(boxOf(axisTicks, volume, times)).toMatchObject({ height: 201 });
    expect(boxOf(axisTicks, volume, words, times)).toMatchObject({ height: 246 });
    const figures = ['100.0', '50.0'].map((text, i) => drawn(text, 300 + 40 * i, 808));
    expect(boxOf(axisTicks, figures, times)).toMatchObject({ height: 201 });
  });

  it('reaches to the right side of its element where the axis is at the left', () => {
    const left = ticks.map(({ text, y }) => drawn(text, y, 8));
    expect(boxOf(left, times)).toMatchObject({ box: [30, 378, 880] });
  });
});
