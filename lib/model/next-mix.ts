import type { MixInForce } from '@/lib/market/mix-in-force';

import type { BookConfig } from './book-config';
import {
  createLearning,
  learnLeverageMix,
  poolLearning,
  type LearnedMix,
  type LearningState,
} from './leverage-learning';

/**
 * The mix that a contract's liquidations and those of its kind teach by now; null while neither are enough. The kind's mix is
 * the prior of the contract's own, and stands in for it while its own events are too few. `stated` holds the prior's shares.
 */
export function nextMix(
  own: LearningState,
  others: readonly LearningState[],
  stated: BookConfig,
  throughMs: number,
): MixInForce | null {
  const pooled = others.length === 0 ? null : learnLeverageMix(poolLearning([own, ...others], stated), stated.classes);
  const group = pooled?.isEnough === true ? pooled : null;
  const learned = learnLeverageMix(own, group?.classes ?? stated.classes);
  const taught = learned.isEnough ? learned : group;
  if (taught === null) return null;
  return {
    throughMs,
    leverages: taught.classes.map(({ leverage }) => leverage),
    shares: taught.classes.map(({ share }) => share),
    relativeDeviations: taught.relativeDeviations,
    positionQty: learned.positionQty,
    eventCount: taught.eventCount,
    source: learned.isEnough ? 'own' : 'group',
  };
}

/** The configuration with a mix in force; as stated where there is none or it has other classes. */
export function configUnderMix(stated: BookConfig, mix: MixInForce | null): BookConfig {
  if (mix === null || !hasClassesOf(mix, stated)) return stated;
  return { ...stated, classes: stated.classes.map((each, k) => ({ ...each, share: mix.shares[k] })) };
}

/** How sure a mix is; the stated one counts as half an event per class. */
export function mixUncertainty(
  stated: BookConfig,
  mix: MixInForce | null,
): Pick<LearnedMix, 'relativeDeviations' | 'positionQty'> {
  return mix !== null && hasClassesOf(mix, stated) ? mix : learnLeverageMix(createLearning(stated), stated.classes);
}

const hasClassesOf = (mix: MixInForce, { classes }: BookConfig): boolean =>
  mix.leverages.length === classes.length && classes.every(({ leverage }, k) => leverage === mix.leverages[k]);
