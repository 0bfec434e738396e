import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { runBandCommand } from '@/lib/store/band-commands';
import { DEFAULT_BAND_SETTINGS, readBandSettings } from '@/lib/store/settings';

vi.mock('wxt/browser', async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  return { browser };
});

beforeEach(() => fakeBrowser.reset());

it('a key switches the band off and on, another its style and palette, all others nothing', async () => {
  await runBandCommand('toggle');
  expect(await readBandSettings()).toEqual({ ...DEFAULT_BAND_SETTINGS, isOn: false });
  await runBandCommand('toggle');
  await runBandCommand('next-style');
  await runBandCommand('next-palette');
  expect(await readBandSettings()).toEqual({ ...DEFAULT_BAND_SETTINGS, style: 'bars', palette: 'colour-blind' });
  await runBandCommand('next-style');
  await runBandCommand('next-style');
  await runBandCommand('next-palette');
  await runBandCommand('next-palette');
  await runBandCommand('_execute_action');
  expect(await readBandSettings()).toEqual(DEFAULT_BAND_SETTINGS);
});
