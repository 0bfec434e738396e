import { expect, it } from 'vitest';

import { DEFAULT_BAND_SETTINGS } from '@/lib/store/settings';
import { type AllSettings, readSettingsFile, settingChanges, settingsFile } from '@/lib/store/settings-file';

const settings: AllSettings = { band: { ...DEFAULT_BAND_SETTINGS, width: 120 }, venuesOff: ['okx'], language: 'ko' };
const changed = (change: (file: Record<string, Record<string, unknown>>) => void): string => {
  const file = JSON.parse(settingsFile(settings)) as Record<string, Record<string, unknown>>;
  change(file);
  return JSON.stringify(file);
};

it('a file gives back the settings that were saved', () =>
  expect(readSettingsFile(settingsFile(settings))).toEqual({ ok: true, value: settings }));

it.each([
  ['no JSON', '{', ''],
  ['another file', '{"product":"else"}', ''],
  ['a list', '[]', ''],
  ['a width beyond its range', changed(({ band }) => (band.width = 500)), 'band.width'],
  ['a missing opacity', changed(({ band }) => delete band.opacity), 'band.opacity'],
  ['a palette that is none', changed(({ band }) => (band.palette = 'neon')), 'band.palette'],
  ['no band', changed((file) => delete file.band), 'band.isOn'],
  ['a venue that is none', changed((file) => Object.assign(file, { venuesOff: ['mtgox'] })), 'venuesOff'],
  ['a language that is none', changed((file) => Object.assign(file, { language: 'tlh' })), 'language'],
])('%s is refused by its field', (_, text, field) =>
  expect(readSettingsFile(text)).toEqual({ ok: false, error: field }),
);

it('tells what would change and nothing else', () => {
  const now: AllSettings = { band: DEFAULT_BAND_SETTINGS, venuesOff: [], language: 'ko' };
  expect(settingChanges(now, settings)).toEqual([
    { field: 'width', from: '72', to: '120' },
    { field: 'venuesOff', from: '', to: 'okx' },
  ]);
  expect(settingChanges(now, now)).toEqual([]);
});
