// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';

import { startBands } from '@/entrypoints/band.content/bands';
import { repairBandSettings } from '@/lib/store/settings';

let controller = new AbortController();
let isHidden = false;
Object.defineProperty(document, 'hidden', { get: () => isHidden });
const turn = (hidden: boolean): void => {
  isHidden = hidden;
  document.dispatchEvent(new Event('visibilitychange'));
};

/** Bands on a page without charts, and what they want to be told of every market. */
function stage(style: 'strip' | 'bars') {
  const wanted: string[] = [];
  controller = new AbortController();
  const markets = { want: (detail: string) => void wanted.push(detail), watch: () => {}, readHistory: () => {} };
  const settings = (of: string) => repairBandSettings({ style: of });
  const bands = startBands(settings(style), markets, () => false, controller.signal);
  return { wanted, look: (of: string) => bands.onSettings(settings(of)) };
}

afterEach(() => {
  controller.abort();
  turn(false);
});

it('a tab that nobody sees is told nothing of its markets, and all at once when it is looked at', () => {
  const { wanted } = stage('strip');
  turn(true);
  turn(false);
  expect(wanted).toEqual(['band', 'quiet', 'band']);
});

it('a tab opened behind others starts in silence, whatever is set there', () => {
  turn(true);
  const { wanted, look } = stage('strip');
  look('bars');
  expect(new Set(wanted)).toEqual(new Set(['quiet']));
  turn(false);
  expect(wanted.at(-1)).toBe('groups');
});

it('hears of the tab no more once it has ended', () => {
  const { wanted } = stage('bars');
  controller.abort();
  turn(true);
  expect(wanted).toEqual(['groups']);
});
