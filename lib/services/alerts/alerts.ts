import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import {
  type AlertFiring,
  type AlertMemory,
  type AlertRule,
  NO_ALERTS,
  noticeIdOf,
  type QuietHours,
} from '@/lib/market/alert';
import { alertMemoryFrom } from '@/lib/market/alert-check';
import { forgetRules, isQuiet, stepAlert, subjectsOf } from '@/lib/market/alert-step';
import type { ContractId } from '@/lib/market/contract';
import type { ServiceEnvironment } from '@/lib/services/environment';
import { poll } from '@/lib/services/scheduling/poller';

import { type AlertSources, createAlertObserver } from './alert-observer';

const EVALUATE_MS = 5 * SECOND_MS;
/** An alert that could not be told is told later, but not when it is history. */
const TELL_WITHIN_MS = 15 * MINUTE_MS;

interface Stored<T> {
  getValue(): Promise<T>;
  setValue(value: T): Promise<void>;
  watch(listener: (value: T) => void): void;
}

/** What is stored of alerts, on this device only. */
export interface AlertStore {
  readonly rules: Stored<readonly AlertRule[]>;
  readonly quiet: Stored<QuietHours | null>;
  /** As it lies there: checked when it is read. */
  readonly memory: Pick<Stored<unknown>, 'getValue' | 'setValue'>;
  readonly favourites: Pick<Stored<readonly ContractId[]>, 'getValue' | 'watch'>;
}

export interface AlertsOptions {
  readonly store: AlertStore;
  readonly sources: AlertSources;
  /** Has the maps of exactly these contracts watched, where rules need them. */
  readonly followMaps: (ids: readonly ContractId[]) => void;
  /** Whether the liquidations of the whole market are wanted. */
  readonly followLiquidations: (isWanted: boolean) => void;
  /** Shows all that one notification tells, where the user allows that; the same id twice is one notification. */
  readonly tell: (id: string, firings: readonly AlertFiring[]) => Promise<boolean>;
  /** Wakes the background every minute while there are rules. */
  readonly setAlarm: (isOn: boolean) => void;
  /** Of the local day. */
  readonly minuteOfDay: () => number;
  readonly environment: ServiceEnvironment;
  readonly onChange: () => void;
}

/** Looks at what the rules are about, with or without a page open, and tells of each thing once. */
export interface Alerts {
  /** What pages show of it. */
  state(): Promise<{
    readonly rules: readonly AlertRule[];
    readonly quiet: QuietHours | null;
    readonly log: readonly AlertFiring[];
  }>;
  saveRule(rule: AlertRule): Promise<void>;
  removeRule(id: string): Promise<void>;
  setQuiet(quiet: QuietHours | null): Promise<void>;
  /** Looks now; for the alarm. Settles when what it fired is written down and told. */
  evaluate(): Promise<void>;
}

export function createAlerts(options: AlertsOptions): Alerts {
  const { store, environment, onChange } = options;
  let rules: readonly AlertRule[] = [];
  let favourites: readonly ContractId[] = [];
  let quiet: QuietHours | null = null;
  let memory: AlertMemory = NO_ALERTS;
  let abort: AbortController | null = null;
  let turn: Promise<void> = Promise.resolve();

  const failed = (cause: unknown) => environment.log(`alerts: ${String(cause)}`);
  /** One thing after the other: two looks at once would fire twice. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };

  const contractsOf = ({ contractId }: AlertRule): readonly ContractId[] =>
    contractId === null ? favourites : [contractId];

  /** Follows what the rules need, and nothing where there is none. */
  const follow = (): void => {
    const on = rules.filter(({ isOn }) => isOn);
    const needsMap = ({ condition: { kind } }: AlertRule) => kind === 'near-cluster' || kind === 'cluster-grows';
    options.followMaps([...new Set(on.filter(needsMap).flatMap(contractsOf))]);
    options.followLiquidations(on.some(({ condition }) => condition.kind === 'liquidated'));
    options.setAlarm(on.length > 0);
    if (on.length === 0) {
      abort?.abort();
      abort = null;
    } else if (abort === null) {
      abort = new AbortController();
      poll(() => evaluate(), EVALUATE_MS, environment, abort.signal, failed);
    }
  };

  /** What fired is written down before anybody hears of it. */
  const remember = async (next: AlertMemory): Promise<void> => {
    if (next === memory) return;
    await store.memory.setValue(next);
    memory = next;
    onChange();
  };

  const tellAll = async (): Promise<void> => {
    const due = memory.log.filter(({ isTold, atMs }) => !isTold && environment.now() - atMs < TELL_WITHIN_MS);
    const told = new Set<string>();
    for (const id of new Set(due.toReversed().map(noticeIdOf))) {
      const firings = due.filter((firing) => noticeIdOf(firing) === id);
      if (await options.tell(id, firings)) told.add(id);
    }
    if (told.size === 0) return;
    const log = memory.log.map((firing) => (told.has(noticeIdOf(firing)) ? { ...firing, isTold: true } : firing));
    await remember({ ...memory, log });
  };

  const observe = createAlertObserver(options.sources, failed);

  const evaluate = (): Promise<void> =>
    inTurn(async () => {
      await read;
      let next = memory;
      for (const rule of rules) {
        if (!rule.isOn) continue;
        const seen = await observe(rule, contractsOf(rule), subjectsOf(next, rule));
        next = stepAlert(next, rule, seen, environment.now(), isQuiet(quiet, options.minuteOfDay()));
      }
      await remember(next);
      await tellAll();
    });

  const become = (next: readonly AlertRule[]): void => {
    rules = next;
    follow();
    onChange();
  };

  const read = (async () => {
    const stored = await Promise.all([
      store.rules.getValue(),
      store.quiet.getValue(),
      store.favourites.getValue(),
      store.memory.getValue(),
    ]);
    const found = alertMemoryFrom(stored[3]);
    if (found.broken > 0) environment.log(`${found.broken} broken entries in the alerts' memory`);
    [rules, quiet, favourites] = stored;
    ({ memory } = found);
    follow();
  })().catch(failed);
  store.rules.watch((next) => void inTurn(() => adopt(next)).catch(failed));
  store.favourites.watch((next) => {
    favourites = next;
    follow();
  });
  store.quiet.watch((next) => {
    quiet = next;
    onChange();
  });

  /** Where a rule asks for something else now, what it has told before does not count. */
  const adopt = async (next: readonly AlertRule[]): Promise<void> => {
    await read;
    const same = next.filter((rule) =>
      isSameWish(
        rule,
        rules.find(({ id }) => id === rule.id),
      ),
    );
    become(next);
    await remember(forgetRules(memory, same));
  };

  const changeRules = (edit: (stored: readonly AlertRule[]) => readonly AlertRule[]): Promise<void> =>
    inTurn(async () => {
      await read;
      const next = edit(await store.rules.getValue());
      await store.rules.setValue(next);
      await adopt(next);
    });

  return {
    async state() {
      await read;
      return { rules, quiet, log: memory.log };
    },
    saveRule: (rule) =>
      changeRules((list) =>
        list.some(({ id }) => id === rule.id)
          ? list.map((each) => (each.id === rule.id ? rule : each))
          : [...list, rule],
      ),
    removeRule: (id) => changeRules((list) => list.filter((rule) => rule.id !== id)),
    setQuiet: (next) =>
      inTurn(async () => {
        await store.quiet.setValue(next);
        quiet = next;
        onChange();
      }),
    evaluate,
  };
}

const isSameWish = (rule: AlertRule, before: AlertRule | undefined): boolean =>
  before !== undefined &&
  rule.contractId === before.contractId &&
  JSON.stringify(rule.condition) === JSON.stringify(before.condition);
