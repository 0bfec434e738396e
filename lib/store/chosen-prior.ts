import { type PriorName, PRIORS } from '@/lib/market/prior';

import { storedChoice } from './stored-choice';

/** The prior mix that the user chose. */
export const chosenPrior = storedChoice<PriorName>('prior', PRIORS, PRIORS[0]);
