import { expect, it } from 'vitest';

import { messageFromLabels } from '@/lib/sites/label-reader';

const linear = (price: number): number => (70_000 - price) / 25;
const ticks = [69_000, 68_000, 67_000, 66_000, 65_000].map((price) => ({ text: price.toFixed(1), y: linear(price) }));

it('turns ticks into the prices at the top and the bottom of the pane', () => {
  const message = messageFromLabels(ticks, [], 401);
  expect(message).toMatchObject({ state: 'ready', source: 'labels', symbol: '', height: 401, mode: 0 });
  if (message.state !== 'ready') throw new Error(message.detail);
  expect(message.prices[0]).toBeCloseTo(70_000, 6);
  expect(message.prices[1]).toBeCloseTo(60_000, 6);
  expect(message.disagreementPx).toBeLessThan(1e-6);
});

it('keeps a price label among the ticks out of the fit', () => {
  const label = { text: '67512.3', y: linear(67_512.3) + 0.4 };
  const message = messageFromLabels([...ticks, label], [], 401);
  expect(message.state === 'ready' && message.prices[0]).toBeCloseTo(70_000, 6);
});

it('tells how ambiguous labels would read the other way', () => {
  const whole = ticks.map(({ text, y }) => ({ text: text.replace(/(\d{3})\.0$/, '.$1'), y }));
  expect(messageFromLabels(whole, [], 401)).toMatchObject({ prices: [70, 60], otherReading: 1000 });
  expect(messageFromLabels(ticks, [], 401)).toMatchObject({ otherReading: 1 });
});

it('is confirmed by a moved label that stands where the fit says, and denied by one that does not', () => {
  const at = (offset: number) => messageFromLabels(ticks, [{ text: '67512.3', y: linear(67_512.3) + offset }], 401);
  expect(at(0.5)).toMatchObject({ state: 'ready', disagreementPx: expect.closeTo(0, 6) as number });
  expect(at(13)).toMatchObject({ state: 'ready', disagreementPx: expect.closeTo(12, 6) as number });
});

it('tells what is written beside the ticks, in place behind them or moved', () => {
  const last = { text: '67512.3', y: linear(67_512.3) };
  const written = (...args: Parameters<typeof messageFromLabels>) => {
    const message = messageFromLabels(...args);
    return message.state === 'ready' ? message.written.filter((_, i) => i % 2 === 0) : null;
  };
  expect(written(ticks, [], 401)).toEqual([]);
  expect(written([...ticks, last], [], 401)).toEqual([67_512.3]);
  expect(written(ticks.toReversed(), [last], 401)).toEqual([67_512.3]);
});

it('tells percent as they are, with what is written beside them and where', () => {
  const percent = ticks.map(({ y }, i) => ({ text: `${(2 - i).toFixed(2)}%`.replace('-', '\u2212'), y }));
  const last = { text: '+0.31%', y: percent[0].y + 1.69 * (percent[1].y - percent[0].y) + 0.5 };
  const message = messageFromLabels([...percent, last], [], 401);
  expect(message).toMatchObject({ state: 'ready', mode: 2, written: [0.31, last.y] });
  expect(message.state === 'ready' && message.prices.map((each) => Number(each.toFixed(6)))).toEqual([3, -7]);
});

it.each([
  ['volumes', ticks.map(({ y }, i) => ({ text: `${i}.05 K`, y }))],
  ['too few ticks', ticks.slice(0, 2)],
  ['ticks at random heights', ticks.map(({ text }, i) => ({ text, y: [10, 300, 40, 200, 90][i] }))],
])('has no scale, and a reason, for %s', (_, labels) => {
  const message = messageFromLabels(labels, [], 401);
  expect(message.state === 'absent' && message.detail).toMatch(/\w/);
});
