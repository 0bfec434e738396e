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
  favourites: ['binance:BTCUSDT', 'okx:ETH-USDT-SWAP'],
  alertRules: [
    {
      id: 'near',
      isOn: true,
      contractId: null,
      condition: { kind: 'near-cluster', within: 0.02, leastUsd: 5e6 },
      cooldownMs: 3_600_000,
    },
  ],
  quietHours: { fromMinute: 1_320, toMinute: 420 },
  contractChoices: { 'tradingview OANDA:XAUUSD': 'binance:XAUUSDT' },
};
/** What the user has made before a file is read. */
const before: AllSettings = { ...settings, favourites: ['bybit:BTCUSDT'], alertRules: [], quietHours: null };
const read = (text: string) => readSettingsFile(text, before);
/** What no file before the fourth version held. */
const NONE = { favourites: undefined, alertRules: undefined, quietHours: undefined, contractChoices: undefined };
const { favourites, alertRules, quietHours, contractChoices } = before;
const kept = { favourites, alertRules, quietHours, contractChoices };
const changed = (change: (file: Record<string, Record<string, unknown>>) => void): string => {
  const file = JSON.parse(settingsFile(settings)) as Record<string, Record<string, unknown>>;
  change(file);
  return JSON.stringify(file);
};

it('a file gives back the settings that were saved', () =>
  expect(read(settingsFile(settings))).toEqual({ ok: true, value: settings }));

it('a file of the first version is read, with defaults for what it could not hold', () => {
  const { isOn, style, palette, theme, width, opacity, thresholdUsd, fullUsd } = settings.band;
  const band = { isOn, style, palette, theme, width, opacity, thresholdUsd, fullUsd };
  const first = { product: 'liqband-settings', band, venuesOff: ['okx'], language: 'ko' };
  expect(read(JSON.stringify(first))).toEqual({
    ok: true,
    value: {
      ...settings,
      band: { ...DEFAULT_BAND_SETTINGS, width: 120 },
      prior: 'stated',
      keptContracts: 80,
      storedMegabytes: 500,
      ...kept,
    },
  });
  const broken = { ...first, band: { ...band, opacity: undefined } };
  expect(read(JSON.stringify(broken))).toEqual({ ok: false, error: 'band.opacity' });
});

it('a file of the second version is read, with the limit of storage by default', () => {
  const second = (change: object) =>
    read(changed((file) => Object.assign(file, { version: 2, storedMegabytes: undefined, ...NONE, ...change })));
  expect(second({})).toEqual({ ok: true, value: { ...settings, storedMegabytes: 500, ...kept } });
  expect(second({ prior: undefined })).toEqual({ ok: false, error: 'prior' });
});

it('a file of the third version is read; favourites, rules, quiet hours and choices stay as they are', () => {
  const third = changed((file) => Object.assign(file, { version: 3, ...NONE }));
  expect(read(third)).toEqual({ ok: true, value: { ...settings, ...kept } });
});

it('a file holds nothing of positions', () => expect(settingsFile(settings)).not.toMatch(/position|entryPrice/));

const rule = (change: object) =>
  changed((file) => Object.assign(file, { alertRules: [{ ...settings.alertRules[0], ...change }] }));

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
  ['a version to come', changed((file) => Object.assign(file, { version: 5 })), 'version'],
  ['a prior that is none', changed((file) => Object.assign(file, { prior: 'wild' })), 'prior'],
  ['as many contracts as none may keep', changed((file) => Object.assign(file, { keptContracts: 7 })), 'keptContracts'],
  ['less storage than is allowed', changed((file) => Object.assign(file, { storedMegabytes: 1 })), 'storedMegabytes'],
  ['no limit of storage', changed((file) => delete file.storedMegabytes), 'storedMegabytes'],
  ['a favourite of no venue', changed((file) => Object.assign(file, { favourites: ['mtgox:BTC'] })), 'favourites'],
  ['no rules', changed((file) => delete file.alertRules), 'alertRules'],
  ['a rule about nothing', rule({ condition: { kind: 'moon' } }), 'alertRules[0].condition.kind'],
  [
    'a rule of a kind that only objects have',
    rule({ condition: { kind: 'toString' } }),
    'alertRules[0].condition.kind',
  ],
  [
    'a rule without bound',
    rule({ condition: { kind: 'own-liquidation', within: 2 } }),
    'alertRules[0].condition.within',
  ],
  ['a rule without an id', rule({ id: '' }), 'alertRules[0].id'],
  [
    'a rule by the id of another',
    changed((file) => Object.assign(file, { alertRules: [0, 1].map(() => settings.alertRules[0]) })),
    'alertRules[1].id',
  ],
  ['no quiet hours', changed((file) => delete file.quietHours), 'quietHours'],
  ['a quiet hour that is none', changed(({ quietHours: quiet }) => (quiet.toMinute = 1_440)), 'quietHours.toMinute'],
  [
    'a choice that is no contract',
    changed((file) => Object.assign(file, { contractChoices: { a: 7 } })),
    'contractChoices',
  ],
  ['a language that is none', changed((file) => Object.assign(file, { language: 'tlh' })), 'language'],
])('%s is refused by its field', (_, text, field) => expect(read(text)).toEqual({ ok: false, error: field }));

it('tells what would change and nothing else', () => {
  const now: AllSettings = { ...settings, band: { ...settings.band, width: 72, sitesOff: [] }, venuesOff: [] };
  expect(settingChanges(now, settings)).toEqual([
    { field: 'width', from: 72, to: 120 },
    { field: 'sitesOff', from: [], to: ['okx', 'bybit'] },
    { field: 'venuesOff', from: [], to: ['okx'] },
  ]);
  expect(settingChanges(now, now)).toEqual([]);
});
