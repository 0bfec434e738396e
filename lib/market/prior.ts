/** Which leverage a map assumes that people take as long as no liquidations teach better: as stated, or tilted to one end. */
export const PRIORS = ['stated', 'lower', 'higher'] as const;
export type PriorName = (typeof PRIORS)[number];
