import { LANGUAGES, type LanguageChoice } from '@/lib/core/languages';
import { err, ok, type Result } from '@/lib/core/result';
import type { VenueId } from '@/lib/market/contract';
import type { PriorName } from '@/lib/market/prior';

import { chosenPrior } from './chosen-prior';
import { type BandSettings, DEFAULT_BAND_SETTINGS, repairBandSettings, repairVenuesOff } from './settings';
import { keptContracts, storedMegabytes } from './storage-limits';

/** What a settings file holds: nothing of positions, nothing of markets. */
export interface AllSettings {
  readonly band: BandSettings;
  readonly venuesOff: readonly VenueId[];
  readonly language: LanguageChoice;
  readonly prior: PriorName;
  readonly keptContracts: number;
  readonly storedMegabytes: number;
}

const PRODUCT = 'liqband-settings';
const VERSION = 3;

type Fields = Readonly<Record<string, unknown>>;

/** A file of the first version, which named none, as one of today: what it could not hold is as by default. */
function fromFirstVersion(given: Fields): Fields {
  const { side, rowBins, hasLabels, refreshMs, sitesOff } = DEFAULT_BAND_SETTINGS;
  return {
    prior: chosenPrior.repair(null),
    keptContracts: keptContracts.repair(null),
    ...given,
    band: { side, rowBins, hasLabels, refreshMs, sitesOff, ...recordOf(given.band) },
    version: 2,
  };
}

const fromSecondVersion = (given: Fields): Fields => ({
  storedMegabytes: storedMegabytes.repair(null),
  ...given,
  version: VERSION,
});

export const settingsFile = (settings: AllSettings): string =>
  JSON.stringify({ product: PRODUCT, version: VERSION, ...settings }, null, 2);

/** The settings of a file, or the first field that is missing or not allowed; `''` where it is no such file. */
export function readSettingsFile(text: string): Result<AllSettings, string> {
  let read: Fields | null;
  try {
    read = recordOf(JSON.parse(text));
  } catch {
    return err('');
  }
  if (read?.product !== PRODUCT) return err('');
  const second = read.version === undefined ? fromFirstVersion(read) : read;
  const given = second.version === 2 ? fromSecondVersion(second) : second;
  if (given.version !== VERSION) return err('version');
  const stored = recordOf(given.band) ?? {};
  const band = repairBandSettings(stored);
  // Whatever repairing would change was not allowed.
  for (const field of Object.keys(DEFAULT_BAND_SETTINGS) as (keyof BandSettings)[]) {
    if (!isAlike(band[field], stored[field])) return err(`band.${field}`);
  }
  const venuesOff = repairVenuesOff(given.venuesOff);
  if (!Array.isArray(given.venuesOff) || given.venuesOff.length !== venuesOff.length) return err('venuesOff');
  const language = (['auto', ...LANGUAGES] as const).find((each) => each === given.language);
  if (language === undefined) return err('language');
  const chosen = {
    prior: chosenPrior.repair(given.prior),
    keptContracts: keptContracts.repair(given.keptContracts),
    storedMegabytes: storedMegabytes.repair(given.storedMegabytes),
  };
  for (const [field, value] of Object.entries(chosen)) if (value !== given[field]) return err(field);
  return ok({ band, venuesOff, language, ...chosen });
}

/** One setting that would change. */
export interface SettingChange {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

export function settingChanges(now: AllSettings, next: AllSettings): SettingChange[] {
  const flat = ({ band, ...others }: AllSettings) => ({ ...band, ...others });
  const before: Fields = flat(now);
  return Object.entries(flat(next)).flatMap(([field, to]) =>
    isAlike(to, before[field]) ? [] : [{ field, from: textOf(before[field]), to: textOf(to) }],
  );
}

/** Values of JSON, in which NaN is none. */
const isAlike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));

const recordOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
