import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { coinOf, eventSources } from './location-events';

let dir = '';
const write = (folder: string, file: string, text: string): void => {
  mkdirSync(path.join(dir, folder), { recursive: true });
  writeFileSync(path.join(dir, folder, file), gzipSync(text));
};

beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'events-'));
  const table =
    'ts_ms,symbol,position_side,price,qty,repeat\n2000,BTC,long,99,2,0\n1000,BTC,short,101,1,0\n1000,BTC,short,101,1,1\n3000,ETH,long,9,5,0\n';
  write('venue-events', 'liquidations.csv.gz', table);
  const frame = { e: 'forceOrder', o: { s: 'BTCUSDT', S: 'SELL', p: '98.5', ap: '99', z: '0.3', T: 4000 } };
  write('forceorders', 'day.jsonl.gz', `${JSON.stringify(frame)}\n${JSON.stringify({ e: 'other' })}\n`);
  write('forceorders', 'day.csv.gz', 'ts_ms,symbol,side,quantity,price\n5000,BTCUSDT,buy,0.4,102\n');
  write('bars', 'bars.csv.gz', 'ts_ms\n1\n');
  write('tiers', 'tiers.json.gz', '{}');
});
afterAll(() => rmSync(dir, { recursive: true }));

it('reads tables and frames of single liquidations, sorted, without what was reported twice', () => {
  const sources = eventSources(dir);
  expect(sources.map(({ name }) => name)).toEqual(['forceorders', 'venue-events']);
  const [forced, venue] = sources.map(({ eventsOf }) =>
    eventsOf('BTC').map(({ timeMs, positionSide, bankruptcyPrice, qty }) => [
      timeMs,
      positionSide,
      bankruptcyPrice,
      qty,
    ]),
  );
  expect(venue).toEqual([
    [1000, 'short', 101, 1],
    [2000, 'long', 99, 2],
  ]);
  expect(forced).toEqual([
    [4000, 'long', 98.5, 0.3],
    [5000, 'short', 102, 0.4],
  ]);
});

it('a folder that is missing holds nothing, and a symbol names its coin', () => {
  expect(eventSources(path.join(dir, 'none'))).toEqual([]);
  expect(['BTCUSDT', 'ETHUSD', 'SOL', 'DOGEUSDC'].map(coinOf)).toEqual(['BTC', 'ETH', 'SOL', 'DOGE']);
});
