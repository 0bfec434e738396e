import { expect, it } from 'vitest';

import { DEFAULT_BAND_SETTINGS } from '@/lib/store/settings';
import { type AllSettings, readSettingsFile, settingChanges, settingsFile } from '@/lib/store/settings-file';

const settings: AllSettings = {
  band: { ...DEFAULT_BAND_SETTINGS, width: 120, sitesOff: ['okx', 'bybit'], rowBins: 4 },
  venuesOff: ['okx'],
  language: 'ko',
  prior: 'lower',
  keptContracts: 40,
  storedMegabytes: 200,
};
const changed = (change: (file: Record<string, Record<string, unknown>>) => void): string => {
  const file = JSON.parse(settingsFile(settings)) as Record<string, Record<string, unknown>>;
  change(file);
  return JSON.stringify(file);
};

it('a file gives back the settings that were saved', () =>
  expect(readSettingsFile(settingsFile(settings))).toEqual({ ok: true, value: settings }));

it('a file of the first version is read, with defaults for what it could not hold', () => {
  const { isOn, style, palette, theme, width, opacity, thresholdUsd, fullUsd } = settings.band;
  const band = { isOn, style, palette, theme, width, opacity, thresholdUsd, fullUsd };
  const first = { product: 'liqband-settings', band, venuesOff: ['okx'], language: 'ko' };
  expect(readSettingsFile(JSON.stringify(first))).toEqual({
    ok: true,
    value: {
      ...settings,
      band: { ...DEFAULT_BAND_SETTINGS, width: 120 },
      prior: 'stated',
      keptContracts: 80,
      storedMegabytes: 500,
    },
  });
  const broken = { ...first, band: { ...band, opacity: undefined } };
  expect(readSettingsFile(JSON.stringify(broken))).toEqual({ ok: false, error: 'band.opacity' });
});

it('a file of the second version is read, with the limit of storage by default', () => {
  const second = (change: object) =>
    readSettingsFile(changed((file) => Object.assign(file, { version: 2, storedMegabytes: undefined, ...change })));
  expect(second({})).toEqual({ ok: true, value: { ...settings, storedMegabytes: 500 } });
  expect(second({ prior: undefined })).toEqual({ ok: false, error: 'prior' });
});

it.each([
  ['no JSON', '{', ''],
  ['another file', '{"product":"else"}', ''],
  ['a list', '[]', ''],
  ['a width beyond its range', changed(({ band }) => (band.width = 500)), 'band.width'],
  ['a missing opacity', changed(({ band }) => delete band.opacity), 'band.opacity'],
  ['a palette that is none', changed(({ band }) => (band.palette = 'neon')), 'band.palette'],
  ['no band', changed((file) => delete file.band), 'band.isOn'],
  ['a venue that is none', changed((file) => Object.assign(file, { venuesOff: ['mtgox'] })), 'venuesOff'],
  ['rows that are none', changed(({ band }) => (band.rowBins = 3)), 'band.rowBins'],
  ['a site without a name', changed(({ band }) => (band.sitesOff = [7])), 'band.sitesOff'],
  ['a version to come', changed((file) => Object.assign(file, { version: 4 })), 'version'],
  ['a prior that is none', changed((file) => Object.assign(file, { prior: 'wild' })), 'prior'],
  ['as many contracts as none may keep', changed((file) => Object.assign(file, { keptContracts: 7 })), 'keptContracts'],
  ['less storage than is allowed', changed((file) => Object.assign(file, { storedMegabytes: 1 })), 'storedMegabytes'],
  ['no limit of storage', changed((file) => delete file.storedMegabytes), 'storedMegabytes'],
  ['a language that is none', changed((file) => Object.assign(file, { language: 'tlh' })), 'language'],
])('%s is refused by its field', (_, text, field) =>
  expect(readSettingsFile(text)).toEqual({ ok: false, error: field }),
);

it('tells what would change and nothing else', () => {
  const now: AllSettings = { ...settings, band: { ...settings.band, width: 72, sitesOff: [] }, venuesOff: [] };
  expect(settingChanges(now, settings)).toEqual([
    { field: 'width', from: '72', to: '120' },
    { field: 'sitesOff', from: '', to: 'okx, bybit' },
    { field: 'venuesOff', from: '', to: 'okx' },
  ]);
  expect(settingChanges(now, now)).toEqual([]);
});
