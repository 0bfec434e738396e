import { PALETTE_NAMES } from '@/lib/core/palettes';
import type { ContractChoices } from '@/lib/market/chart-symbol';
import type { ContractId, VenueId } from '@/lib/market/contract';
import { VENUE_FACTS } from '@/lib/market/venue-facts';

import { storedItem } from './stored-item';

/** What there is to choose from, by default the first of each. */
export const BAND_CHOICES = {
  isOn: [true, false],
  /** What is drawn: heat beside the axis, bars by leverage, or heat over the whole pane and its time. */
  style: ['strip', 'bars', 'pane'],
  palette: PALETTE_NAMES,
  theme: ['auto', 'dark', 'light'],
  /** Whose positions are drawn. */
  side: ['both', 'long', 'short'],
  /** Bins that are drawn as one row at least. */
  rowBins: [1, 2, 4, 8, 16],
  /** Whether the largest clusters are labelled beside the band. */
  hasLabels: [true, false],
  /** How often a chart is told the map at most. */
  refreshMs: [100, 500, 1_000, 5_000],
} as const;

type Chosen = { readonly [Name in keyof typeof BAND_CHOICES]: (typeof BAND_CHOICES)[Name][number] };

/** Everything a user can set about the band. */
export interface BandSettings extends Chosen {
  /** CSS pixels, 40 to 240. */
  readonly width: number;
  /** 0.1 to 1. */
  readonly opacity: number;
  /** USD per bin where colour begins and where it is full; null follows the data's percentiles. */
  readonly thresholdUsd: number | null;
  readonly fullUsd: number | null;
  /** Sites, by their names, on whose charts there is no band. */
  readonly sitesOff: readonly string[];
}

/** The contract last shown anywhere, for a popup opened beside no chart. */
export const lastContract = storedItem<string | null>('last-contract', null);

const storedVenuesOff = storedItem<readonly VenueId[]>('venues-off', []);

/** The venues that are not to count. By default none, so that a venue new to the product counts. */
export const venuesOff = {
  getValue: async (): Promise<readonly VenueId[]> => repairVenuesOff(await storedVenuesOff.getValue()),
  setValue: (venueIds: readonly VenueId[]): Promise<void> => storedVenuesOff.setValue(venueIds),
  /** Calls back with every later change; the returned function ends it. */
  watch: (listener: (venueIds: readonly VenueId[]) => void): (() => void) =>
    storedVenuesOff.watch((stored) => listener(repairVenuesOff(stored))),
};

/** Names of venues only, each once; switching all of them off would leave nothing to show. */
export function repairVenuesOff(stored: unknown): readonly VenueId[] {
  const venueIds = Object.keys(VENUE_FACTS) as VenueId[];
  const off = venueIds.filter((venueId) => Array.isArray(stored) && stored.includes(venueId));
  return off.length < venueIds.length ? off : [];
}

/** Patterns of further sites that the user allowed; kept by the background, which has it from the browser. */
export const allowedSites = storedItem<readonly string[]>('allowed-sites', []);

const storedChoices = storedItem<ContractChoices>('chosen-contracts', {});
/** More than anybody chooses by hand. */
const MOST_CHOICES = 500;

/** Contracts that the user chose for symbols which no rule maps. */
export const contractChoices = {
  getValue: async (): Promise<ContractChoices> => repairChoices(await storedChoices.getValue()),
  setValue: (choices: ContractChoices): Promise<void> => storedChoices.setValue(choices),
  /** Null forgets the choice. */
  async choose(key: string, contractId: ContractId | null): Promise<void> {
    const { [key]: _, ...others } = await contractChoices.getValue();
    await storedChoices.setValue(contractId === null ? others : { ...others, [key]: contractId });
  },
  /** Calls back with every later change; the returned function ends it. */
  watch: (listener: (choices: ContractChoices) => void): (() => void) =>
    storedChoices.watch((stored) => listener(repairChoices(stored))),
};

/** Keys with the key of a contract each, the latest where there are too many. */
export function repairChoices(stored: unknown): ContractChoices {
  const entries = typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
  const isContract = ([, id]: readonly [string, unknown]) => typeof id === 'string' && /^[a-z-]+:\S{1,60}$/.test(id);
  return Object.fromEntries(entries.filter(isContract).slice(-MOST_CHOICES)) as ContractChoices;
}

/** Numbers are moved into their range, anything else that is not allowed becomes the default. */
export function repairBandSettings(stored: unknown): BandSettings {
  const given = (typeof stored === 'object' && stored !== null ? stored : {}) as Readonly<Record<string, unknown>>;
  const chosen = Object.entries(BAND_CHOICES).map(([name, choices]) => [
    name,
    choices.find((choice) => choice === given[name]) ?? choices[0],
  ]);
  const thresholdUsd = usdOrNull(given.thresholdUsd);
  const fullUsd = usdOrNull(given.fullUsd);
  return {
    ...(Object.fromEntries(chosen) as Chosen),
    width: clampOr(72, given.width, 40, 240),
    opacity: clampOr(0.55, given.opacity, 0.1, 1),
    thresholdUsd,
    // Colour cannot be full before it begins.
    fullUsd: fullUsd !== null && fullUsd <= (thresholdUsd ?? 0) ? null : fullUsd,
    sitesOff: Array.isArray(given.sitesOff) ? given.sitesOff.filter((name) => typeof name === 'string') : [],
  };
}

const isFinite = (value: unknown): value is number => Number.isFinite(value);

const clampOr = (fallback: number, value: unknown, lowest: number, highest: number): number =>
  isFinite(value) ? Math.min(highest, Math.max(lowest, value)) : fallback;

const usdOrNull = (value: unknown): number | null => (isFinite(value) && value > 0 ? value : null);

export const DEFAULT_BAND_SETTINGS = repairBandSettings({});

export const bandSettings = storedItem<BandSettings>('band', DEFAULT_BAND_SETTINGS);

/** The band's settings as they can be used, whatever an older version or an import left in the storage. */
export const readBandSettings = async (): Promise<BandSettings> => repairBandSettings(await bandSettings.getValue());

/** Calls back with every later change; the returned function ends it. */
export const watchBandSettings = (listener: (settings: BandSettings) => void): (() => void) =>
  bandSettings.watch((stored) => listener(repairBandSettings(stored)));
