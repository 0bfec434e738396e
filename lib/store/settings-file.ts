import { LANGUAGES, type LanguageChoice } from '@/lib/core/languages';
import { err, ok, type Result } from '@/lib/core/result';
import type { AlertRule, QuietHours } from '@/lib/market/alert';
import type { ContractChoices } from '@/lib/market/chart-symbol';
import type { ContractId, VenueId } from '@/lib/market/contract';
import type { PriorName } from '@/lib/market/prior';
import { quietProblem, ruleProblem } from '@/lib/market/rule-problem';

import { chosenPrior } from './chosen-prior';
import { repairFavourites } from './favourites';
import {
  type BandSettings,
  DEFAULT_BAND_SETTINGS,
  repairBandSettings,
  repairChoices,
  repairVenuesOff,
} from './settings';
import { keptContracts, storedMegabytes } from './storage-limits';

/** What a settings file holds: nothing of positions, which stay on the device, nothing of markets. */
export interface AllSettings {
  readonly band: BandSettings;
  readonly venuesOff: readonly VenueId[];
  readonly language: LanguageChoice;
  readonly prior: PriorName;
  readonly keptContracts: number;
  readonly storedMegabytes: number;
  readonly favourites: readonly ContractId[];
  readonly alertRules: readonly AlertRule[];
  readonly quietHours: QuietHours | null;
  /** Contracts chosen by hand for charts that no rule maps. */
  readonly contractChoices: ContractChoices;
}

const PRODUCT = 'liqband-settings';
const VERSION = 4;

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
  version: 3,
});

/** What an older file could not hold stays as it is; `kept` is that. */
const fromThirdVersion = (
  given: Fields,
  { favourites, alertRules, quietHours, contractChoices }: AllSettings,
): Fields => ({
  ...given,
  favourites,
  alertRules,
  quietHours,
  contractChoices,
  version: VERSION,
});

/** The text of an exported file; `readSettingsFile` is the inverse. */
export const settingsFile = (settings: AllSettings): string =>
  JSON.stringify({ product: PRODUCT, version: VERSION, ...settings }, null, 2);

/**
 * The settings of a file, or the first field that is missing or not allowed; `''` where it is no such file. What the user made
 * (favourites, rules, choices) stays as it is `now` where the file is from before it could hold them.
 */
export function readSettingsFile(text: string, now: AllSettings): Result<AllSettings, string> {
  let read: Fields | null;
  try {
    read = recordOf(JSON.parse(text));
  } catch {
    return err('');
  }
  if (read?.product !== PRODUCT) return err('');
  const second = read.version === undefined ? fromFirstVersion(read) : read;
  const third = second.version === 2 ? fromSecondVersion(second) : second;
  const given = third.version === 3 ? fromThirdVersion(third, now) : third;
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
  const made = {
    favourites: repairFavourites(given.favourites),
    contractChoices: repairChoices(given.contractChoices),
  };
  for (const [field, value] of Object.entries(made)) if (!isAlike(value, given[field])) return err(field);
  const problem = alertProblem(given);
  if (problem !== null) return err(problem);
  const alerts = given as Pick<AllSettings, 'alertRules' | 'quietHours'>;
  return ok({
    band,
    venuesOff,
    language,
    ...chosen,
    ...made,
    alertRules: alerts.alertRules,
    quietHours: alerts.quietHours,
  });
}

/** More than anybody looks after. */
const MOST_RULES = 200;

function alertProblem({ alertRules, quietHours }: Fields): string | null {
  if (!Array.isArray(alertRules) || alertRules.length > MOST_RULES) return 'alertRules';
  const rules = alertRules as readonly unknown[];
  for (const [i, rule] of rules.entries()) {
    const problem = ruleProblem(rule);
    if (problem !== null) return `alertRules[${i}].${problem}`;
    if (rules.findIndex((each) => idOf(each) === idOf(rule)) < i) return `alertRules[${i}].id`;
  }
  if (quietHours === undefined) return 'quietHours';
  const inQuiet = quietProblem(quietHours);
  return inQuiet === null ? null : `quietHours.${inQuiet}`;
}

const idOf = (rule: unknown) => (rule as AlertRule).id;

/** One setting that would change, with its values. */
export interface SettingChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** What reading a file would change, field by field, for the user to agree to. */
export function settingChanges(now: AllSettings, next: AllSettings): SettingChange[] {
  const flat = ({ band, ...others }: AllSettings) => ({ ...band, ...others });
  const before: Fields = flat(now);
  return Object.entries(flat(next)).flatMap(([field, to]) =>
    isAlike(to, before[field]) ? [] : [{ field, from: before[field], to }],
  );
}

/** Values of JSON, in which NaN is none. */
const isAlike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const recordOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
