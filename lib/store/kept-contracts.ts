import { storedItem } from './stored-item';

/** Of how many contracts history may be kept, those watched last. */
export const KEPT_CONTRACTS = [10, 20, 40, 80, 160] as const;
export type KeptContracts = (typeof KEPT_CONTRACTS)[number];

const stored = storedItem<unknown>('kept-contracts', null);

export const repairKept = (value: unknown): KeptContracts => KEPT_CONTRACTS.find((count) => count === value) ?? 80;

export const keptContracts = {
  getValue: async (): Promise<KeptContracts> => repairKept(await stored.getValue()),
  setValue: (count: KeptContracts): Promise<void> => stored.setValue(count),
  /** Calls back with every later change; the returned function ends it. */
  watch: (listener: (count: KeptContracts) => void): (() => void) =>
    stored.watch((value) => listener(repairKept(value))),
};
