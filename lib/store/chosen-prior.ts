import { type PriorName, PRIORS } from '@/lib/market/prior';

import { storedItem } from './stored-item';

const stored = storedItem<unknown>('prior', null);

export const repairPrior = (value: unknown): PriorName => PRIORS.find((name) => name === value) ?? PRIORS[0];

/** The prior mix that the user chose. */
export const chosenPrior = {
  getValue: async (): Promise<PriorName> => repairPrior(await stored.getValue()),
  setValue: (name: PriorName): Promise<void> => stored.setValue(name),
  /** Calls back with every later change; the returned function ends it. */
  watch: (listener: (name: PriorName) => void): (() => void) => stored.watch((value) => listener(repairPrior(value))),
};
