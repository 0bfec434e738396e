import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { keepSettings } from '@/components/panel/keep-settings';
import { bandSettings, type BandSettings, DEFAULT_BAND_SETTINGS } from '@/lib/store/settings';

// The storage looks for its browser once, when it is first imported.
await vi.hoisted(async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  Object.assign(globalThis, { browser });
});

beforeEach(() => fakeBrowser.reset());

const STORED: BandSettings = { ...DEFAULT_BAND_SETTINGS, style: 'bars', width: 120 };

it('a change made before the stored settings are read changes nothing else of them', async () => {
  await bandSettings.setValue(STORED);
  const shown: BandSettings[] = [];
  const change = keepSettings((settings) => shown.push(settings));
  change({ isOn: false });
  expect(shown.at(-1)?.isOn).toBe(false);
  await vi.waitFor(async () => expect(await bandSettings.getValue()).toEqual({ ...STORED, isOn: false }));
  await vi.waitFor(() => expect(shown.at(-1)).toEqual({ ...STORED, isOn: false }));
});

it('still hears of other pages after a change that could not be kept', async () => {
  const unhandled = vi.fn();
  process.once('unhandledRejection', unhandled);
  let shown = DEFAULT_BAND_SETTINGS;
  const change = keepSettings((settings) => (shown = settings));
  const write = vi.spyOn(bandSettings, 'setValue').mockRejectedValueOnce(new Error('full'));
  change({ width: 80 });
  await vi.waitFor(() => expect(write).toHaveBeenCalled());
  write.mockRestore();
  await bandSettings.setValue(STORED);
  await vi.waitFor(() => expect(shown).toEqual(STORED));
});
