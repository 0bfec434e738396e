import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parseStartOptions } from '@/scripts/start-options';

describe('options of npm start', () => {
  let data: string;
  beforeAll(() => {
    data = mkdtempSync(path.join(os.tmpdir(), 'liqband-options-'));
    mkdirSync(path.join(data, 'a-set'));
    for (const file of ['bars.csv.gz', 'meta.json']) writeFileSync(path.join(data, 'a-set', file), '');
  });
  afterAll(() => rmSync(data, { recursive: true }));

  it('opens a window on TradingView at the pace of the clock by default', () => {
    expect(parseStartOptions([])).toMatchObject({
      site: 'tradingview',
      headless: false,
      screenshotDir: null,
      speed: 1,
      port: 0,
      isLive: false,
    });
  });

  it('takes pictures without a window', () => {
    expect(parseStartOptions(['--screenshot', 'shots'])).toMatchObject({
      headless: true,
      screenshotDir: path.resolve('shots'),
    });
  });

  it('replays the named set of a folder, or its first', () => {
    const recording = { dataDir: data, set: 'a-set' };
    expect(parseStartOptions(['--data', data, '--set', 'a-set']).recording).toEqual(recording);
    expect(parseStartOptions(['--data', data]).recording).toEqual(recording);
  });

  it('replays nothing when it shows the real internet', () => {
    expect(parseStartOptions(['--live'])).toMatchObject({ isLive: true, recording: null });
  });

  it.each([
    [['--page', 'nowhere'], /^--page nowhere is none of tradingview/],
    [['--speed', '0'], /^--speed 0 is not a number above 0/],
    [['--speed', 'fast'], /^--speed fast is not a number/],
    [['--port', '70000'], /^--port 70000 is not a whole number/],
    [['--data', 'no/such/folder'], /^--data no\/such\/folder does not exist/],
    [['--data', 'docs'], /^--data docs holds no recorded sets/],
    [['--live', '--speed', '2'], /^--speed belongs to the replay/],
    [['--colour'], /--colour/],
  ])('refuses %j and says why', (args, message) => {
    expect(() => parseStartOptions(args)).toThrow(message);
  });

  it('names the sets there are when the wanted one is missing', () => {
    expect(() => parseStartOptions(['--data', data, '--set', 'other'])).toThrow(/--set other is not in .* a-set/);
  });
});
