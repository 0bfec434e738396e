import { expect, it } from 'vitest';

import { readersFromAnswer } from '@/lib/messaging/scale-readers';

const URL_OF_CHART = 'https://www.tradingview.com/chart/?symbol=BINANCE:BTCUSDT.P';
const read = (...bands: readonly unknown[]) => readersFromAnswer(bands, URL_OF_CHART);

it('tells the way of reading, its error, and why a band is hidden; of the address the host alone', () => {
  const host = 'www.tradingview.com';
  expect(
    read(
      ['binance:BTCUSDT', undefined, 'api null'],
      ['binance:BTCUSDT', 'scale-disagrees', 'labels 1.75'],
      [null, 'no-scale', null],
    ),
  ).toEqual([
    { host, contractId: 'binance:BTCUSDT', hiddenReason: null, source: 'api', errorPx: null },
    { host, contractId: 'binance:BTCUSDT', hiddenReason: 'scale-disagrees', source: 'labels', errorPx: 1.75 },
    { host, contractId: null, hiddenReason: 'no-scale', source: null, errorPx: null },
  ]);
});

it('takes nothing from what is no answer, nor more of one than charts can be', () => {
  for (const answer of [null, 'x', {}, []]) expect(readersFromAnswer(answer, URL_OF_CHART)).toEqual([]);
  expect(readersFromAnswer([[]], 'chrome-extension://liqband/dashboard.html')).toEqual([]);
  expect(read(null, 7, ['nowhere:X', 'because', 'guess -1'])).toEqual(
    Array.from({ length: 3 }, () => ({
      host: 'www.tradingview.com',
      contractId: null,
      hiddenReason: 'connecting',
      source: null,
      errorPx: null,
    })),
  );
  expect(read(...Array.from({ length: 500 }, () => []))).toHaveLength(64);
});
