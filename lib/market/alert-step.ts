import type { AlertFacts, AlertFiring, AlertMemory, AlertRule, AlertState, QuietHours } from './alert';
import { MIN_DISTANCE } from './clusters';
import type { ContractId } from './contract';
import type { PositionSide } from './liquidation';
import type { LiquidatedSums } from './realised';
import type { Cluster } from './summary';

/** What a rule comes to about one thing, as of now. */
export interface AlertObservation {
  /** Whatever the rule may fire about apart from others: a cluster, a contract, a position. */
  readonly subject: string;
  /** What the cooldown counts for: `subject`, or what its name begins with. The clusters of a contract have one. */
  readonly group: string;
  readonly contractId: ContractId;
  readonly priceDigits: number;
  /** Set while the condition holds. */
  readonly facts: AlertFacts | null;
  /** Whether it is so clearly over that it may fire again. */
  readonly isOver: boolean;
}

type About = Pick<AlertObservation, 'subject' | 'group' | 'contractId' | 'priceDigits'>;

/** A condition is over when it is missed by this much: a figure that dances at the border fires once. */
const SLACK = 1.25;
const LONGEST_LOG = 200;

/** Nearest first. */
const byDistance = (a: { readonly distance: number }, b: { readonly distance: number }): number =>
  Math.abs(a.distance) - Math.abs(b.distance);

/** Two clusters of a side lie further apart than this, in ln(price): what is nearer to where one was is still that one. */
export const CLUSTER_SEPARATION = 0.004;

/** A map as a rule sees it. */
export interface WatchedMap {
  readonly clusters: readonly Cluster[];
  readonly markPrice: number;
  readonly isWhole: boolean;
}

/** A cluster is known by its contract, its side and where it was when first told of. */
const subjectOf = (contractId: ContractId, { positionSide, price }: Pick<Cluster, 'positionSide' | 'price'>): string =>
  `${contractId} ${positionSide} ${price}`;

/**
 * Every cluster is something of its own: one that stays near keeps no other from being told. `known` are the subjects that the
 * rule has a state of; one of this contract is observed even where its cluster is gone, so that it may fire again. Of a map that
 * is not whole, as its venues come one after the other, no cluster is gone.
 */
export function observeNearClusters(
  { within, leastUsd }: { readonly within: number; readonly leastUsd: number },
  { clusters, markPrice, isWhole }: WatchedMap,
  known: readonly string[],
  about: About,
): AlertObservation[] {
  const { contractId } = about;
  const among = (reach: number, leastOf: number) =>
    clusters.filter(({ distance, usd }) => Math.abs(distance) <= reach && usd >= leastOf).sort(byDistance);
  const near = new Set(among(within, leastUsd));
  const unmatched = new Set(among(within * SLACK, leastUsd / SLACK));
  const factsOf = (cluster: Cluster | undefined): AlertFacts | null => {
    if (cluster === undefined || !near.has(cluster)) return null;
    const { positionSide, price, usd, distance } = cluster;
    return { kind: 'near-cluster', positionSide, price, usd, distance };
  };
  const seen = known.flatMap((subject) => {
    const [id, side, price] = subject.split(' ');
    return id === contractId && price !== undefined
      ? [{ subject, side: side as PositionSide, price: Number(price) }]
      : [];
  });
  const ofKnown = seen.map(({ subject, side, price }): AlertObservation => {
    const away = (cluster: Cluster) => Math.abs(Math.log(cluster.price / price));
    const [same] = [...unmatched]
      .filter((cluster) => cluster.positionSide === side && away(cluster) <= CLUSTER_SEPARATION)
      .sort((a, b) => away(a) - away(b));
    if (same !== undefined) unmatched.delete(same);
    // Right at the price no cluster can be told from what has just been crossed.
    const isUnseen = Math.abs(price / markPrice - 1) < MIN_DISTANCE;
    return { ...about, subject, facts: factsOf(same), isOver: same === undefined && isWhole && !isUnseen };
  });
  const ofNew = [...unmatched]
    .filter((cluster) => near.has(cluster))
    .map((cluster) => ({ ...about, subject: subjectOf(contractId, cluster), facts: factsOf(cluster), isOver: false }));
  return [...ofKnown, ...ofNew];
}

/** Sums that are not whole yet, as a new worker's, are of less than what was liquidated: they end nothing. */
export function observeLiquidated(
  { windowMs, leastUsd }: { readonly windowMs: number; readonly leastUsd: number },
  { longUsd, shortUsd }: Pick<LiquidatedSums, 'longUsd' | 'shortUsd'>,
  isWhole: boolean,
  about: About,
): AlertObservation {
  const usd = longUsd + shortUsd;
  const facts = usd >= leastUsd ? ({ kind: 'liquidated', windowMs, longUsd, shortUsd } as const) : null;
  return { ...about, facts, isOver: isWhole && usd < leastUsd / SLACK };
}

/** A cluster as it is and what lay at its price before. */
export interface GrownCluster extends Pick<Cluster, 'positionSide' | 'price' | 'usd'> {
  readonly beforeUsd: number;
}

/**
 * Facts of the cluster that has grown most towards `by` (USD, or a share of what lay there before) among those of
 * `leastUsd` and more; over once none is near it.
 */
export function observeGrowth(
  condition: {
    readonly windowMs: number;
    readonly unit: 'usd' | 'share';
    readonly by: number;
    readonly leastUsd: number;
  },
  clusters: readonly GrownCluster[],
  about: About,
): AlertObservation {
  const { windowMs, unit, by, leastUsd } = condition;
  /** How far it has grown towards what is asked for; 1 is there. */
  const progress = ({ usd, beforeUsd }: GrownCluster) => (usd - beforeUsd) / (unit === 'usd' ? by : by * beforeUsd);
  const among = (least: number) =>
    clusters.filter(({ usd }) => usd >= least).sort((a, b) => progress(b) - progress(a))[0];
  const most = among(leastUsd);
  const almost = among(leastUsd / SLACK);
  const isOver = almost === undefined || progress(almost) < 1 / SLACK;
  if (most === undefined) return { ...about, facts: null, isOver };
  const { positionSide, price, usd, beforeUsd } = most;
  const facts =
    progress(most) >= 1 ? ({ kind: 'cluster-grows', windowMs, positionSide, price, usd, beforeUsd } as const) : null;
  return { ...about, facts, isOver };
}

/**
 * Facts while the mark is `within` (a fraction of price) of the own liquidation price; over once it is clearly
 * farther.
 */
export function observeOwn(
  { within }: { readonly within: number },
  { positionSide, price, distance }: Omit<Extract<AlertFacts, { kind: 'own-liquidation' }>, 'kind'>,
  about: About,
): AlertObservation {
  const away = Math.abs(distance);
  const facts = away <= within ? ({ kind: 'own-liquidation', positionSide, price, distance } as const) : null;
  return { ...about, facts, isOver: away > within * SLACK };
}

/** Whether a minute of the local day lies in the quiet hours; the last one is not quiet any more. */
export function isQuiet(quiet: QuietHours | null, minute: number): boolean {
  if (quiet === null) return false;
  const { fromMinute, toMinute } = quiet;
  return fromMinute <= toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
}

const ARMED: AlertState = { isArmed: true, firedMs: null };

/**
 * One rule, one look at all that it is about. What comes true while it is quiet, or too soon after the last alert, is told once
 * that is over, if it still holds. The same memory is given back where nothing changed.
 */
export function stepAlert(
  memory: AlertMemory,
  rule: AlertRule,
  observations: readonly AlertObservation[],
  nowMs: number,
  isQuietNow: boolean,
): AlertMemory {
  // As of before this look: what comes true together is told together.
  const cooling = coolingGroups(memory, rule, nowMs);
  // The log is newest first, and of one look the first thing first.
  return observations
    .toReversed()
    .reduce(
      (next, observation) => stepOne(next, rule, observation, nowMs, cooling(observation.group), isQuietNow),
      memory,
    );
}

/** Whether a rule has told of something of a group too lately to tell of it again. */
function coolingGroups(memory: AlertMemory, rule: AlertRule, nowMs: number): (group: string) => boolean {
  const cooling = subjectsOf(memory, rule).filter((subject) => {
    const { firedMs } = memory.states[keyOf(rule, subject)];
    // A clock that was set back must not silence a rule for longer than its cooldown.
    return firedMs !== null && Math.abs(nowMs - firedMs) < rule.cooldownMs;
  });
  return (group) => cooling.some((subject) => subject === group || subject.startsWith(`${group} `));
}

const keyOf = ({ id }: Pick<AlertRule, 'id'>, subject: string): string => `${id} ${subject}`;

function stepOne(
  memory: AlertMemory,
  rule: AlertRule,
  { subject, contractId, priceDigits, facts, isOver }: AlertObservation,
  nowMs: number,
  isCooling: boolean,
  isQuietNow: boolean,
): AlertMemory {
  const key = keyOf(rule, subject);
  const state = memory.states[key] ?? ARMED;
  if (isOver && !isCooling) return withoutState(memory, key);
  if (!state.isArmed) {
    return isOver ? { ...memory, states: { ...memory.states, [key]: { ...state, isArmed: true } } } : memory;
  }
  if (facts === null || isCooling || isQuietNow) return memory;
  const firing: AlertFiring = {
    id: `${key} ${nowMs}`,
    ruleId: rule.id,
    contractId,
    priceDigits,
    atMs: nowMs,
    facts,
    isTold: false,
  };
  return {
    states: { ...memory.states, [key]: { isArmed: false, firedMs: nowMs } },
    log: [firing, ...memory.log].slice(0, LONGEST_LOG),
  };
}

/** What is over and cooled down is as if it had never been. */
function withoutState(memory: AlertMemory, key: string): AlertMemory {
  if (!(key in memory.states)) return memory;
  const { [key]: _, ...states } = memory.states;
  return { ...memory, states };
}

/** What a rule has a state of. */
export const subjectsOf = ({ states }: AlertMemory, { id }: Pick<AlertRule, 'id'>): readonly string[] =>
  Object.keys(states).flatMap((key) => (key.startsWith(`${id} `) ? [key.slice(id.length + 1)] : []));

/** Without the states of rules that are gone. */
export function forgetRules(memory: AlertMemory, rules: readonly AlertRule[]): AlertMemory {
  const ids = new Set(rules.map(({ id }) => id));
  const kept = Object.entries(memory.states).filter(([key]) => ids.has(key.slice(0, key.indexOf(' '))));
  return kept.length === Object.keys(memory.states).length ? memory : { ...memory, states: Object.fromEntries(kept) };
}
