import { LANGUAGES, type LanguageChoice } from '@/lib/core/languages';
import { err, ok, type Result } from '@/lib/core/result';
import type { VenueId } from '@/lib/market/contract';

import { type BandSettings, DEFAULT_BAND_SETTINGS, repairBandSettings, repairVenuesOff } from './settings';

/** What a settings file holds: nothing of positions, nothing of markets. */
export interface AllSettings {
  readonly band: BandSettings;
  readonly venuesOff: readonly VenueId[];
  readonly language: LanguageChoice;
}

const PRODUCT = 'liqband-settings';

export const settingsFile = (settings: AllSettings): string =>
  JSON.stringify({ product: PRODUCT, ...settings }, null, 2);

/** The settings of a file, or the first field that is missing or not allowed; `''` where it is no such file. */
export function readSettingsFile(text: string): Result<AllSettings, string> {
  let given: Readonly<Record<string, unknown>> | null;
  try {
    given = recordOf(JSON.parse(text));
  } catch {
    return err('');
  }
  if (given?.product !== PRODUCT) return err('');
  const stored = recordOf(given.band) ?? {};
  const band = repairBandSettings(stored);
  // Whatever repairing would change was not allowed.
  for (const field of Object.keys(DEFAULT_BAND_SETTINGS) as (keyof BandSettings)[]) {
    if (!Object.is(band[field], stored[field])) return err(`band.${field}`);
  }
  const venuesOff = repairVenuesOff(given.venuesOff);
  if (!Array.isArray(given.venuesOff) || given.venuesOff.length !== venuesOff.length) return err('venuesOff');
  const language = (['auto', ...LANGUAGES] as const).find((each) => each === given.language);
  return language === undefined ? err('language') : ok({ band, venuesOff, language });
}

/** One setting that would change. */
export interface SettingChange {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

export function settingChanges(now: AllSettings, next: AllSettings): SettingChange[] {
  const flat = ({ band, venuesOff, language }: AllSettings) => ({ ...band, venuesOff: venuesOff.join(', '), language });
  const before: Readonly<Record<string, unknown>> = flat(now);
  return Object.entries(flat(next)).flatMap(([field, to]) =>
    Object.is(to, before[field]) ? [] : [{ field, from: String(before[field]), to: String(to) }],
  );
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
