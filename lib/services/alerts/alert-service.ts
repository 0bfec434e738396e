import { type Clock, MINUTE_MS } from '@/lib/core/time';
import type { Contract, ContractId } from '@/lib/market/contract';
import type { AlertChange, AlertRequest, FeedWatch } from '@/lib/messaging/feed-server';
import type { LiquidationRecord } from '@/lib/services/liquidations/liquidation-record';
import type { MarketLog } from '@/lib/store/log/market-log';

import { readGrowth } from './alert-growth';
import type { AlertSources } from './alert-observer';
import { createAlertWatcher } from './alert-watcher';
import { createAlerts, type Alerts, type AlertsOptions } from './alerts';

/** As-of columns come every quarter of an hour, a little after each other. */
const GROWTH_FRESH_MS = MINUTE_MS;

/** How alerts reach the user; from outside, as the browser's own interfaces are. */
export type AlertOutlet = Pick<AlertsOptions, 'store' | 'tell' | 'setAlarm' | 'minuteOfDay'>;

export interface AlertServiceOptions extends AlertOutlet, Pick<AlertsOptions, 'environment'> {
  readonly ownRows: AlertSources['ownRows'];
  /** Begin and end to watch a market, as a page does. */
  readonly watch: (watch: FeedWatch) => void;
  readonly unwatch: (watch: FeedWatch) => void;
  readonly contractOf: (id: ContractId) => Promise<Contract | null>;
  /** All contracts of its market that are known. */
  readonly marketOf: (contract: Contract) => readonly Contract[];
  readonly record: Pick<LiquidationRecord, 'sums'>;
  /** Whether the record holds by now what was stored of every venue that tells its contracts. */
  readonly isRecordWhole: () => boolean;
  readonly openLog: Promise<MarketLog>;
  /** By which columns are stored; the machine's clock may be wrong. */
  readonly marketTime: Clock;
  readonly onFollow: () => void;
}

/** Alerts with all that they look at, and the pages that show them. */
export interface AlertService {
  add(watch: FeedWatch<AlertRequest>): void;
  remove(watch: FeedWatch<AlertRequest>): void;
  change(change: AlertChange): Promise<void>;
  readonly evaluate: Alerts['evaluate'];
  readonly wantsLiquidations: boolean;
  owns(watch: FeedWatch): boolean;
}

export function createAlertService(options: AlertServiceOptions): AlertService {
  const { record, openLog, environment, contractOf, marketOf } = options;
  const pages = new Set<FeedWatch<AlertRequest>>();
  const growth = new Map<string, { readonly atMs: number; readonly found: ReturnType<typeof readGrowth> }>();
  const watcher = createAlertWatcher(options.watch, options.unwatch, environment);
  let wantsLiquidations = false;

  const push = async (): Promise<void> => {
    if (pages.size === 0) return;
    const state = await alerts.state();
    for (const page of pages) page.push({ type: 'alerts', ...state });
  };
  const pushSafely = () => void push().catch((cause: unknown) => environment.log(`alerts: ${String(cause)}`));

  const alerts = createAlerts({
    ...options,
    followLiquidations(isWanted) {
      if (isWanted === wantsLiquidations) return;
      wantsLiquidations = isWanted;
      options.onFollow();
    },
    sources: {
      mapOf: (id) => watcher.look(id),
      ownRows: options.ownRows,
      async liquidatedOf(id) {
        const contract = await contractOf(id);
        const sums = contract && record.sums(marketOf(contract).map((each) => each.id));
        return sums && { contract, sums, isWhole: options.isRecordWhole() };
      },
      async growthOf(id, windowMs) {
        const contract = await contractOf(id);
        if (contract === null) return null;
        const key = `${id} ${windowMs}`;
        let last = growth.get(key);
        if (last === undefined || environment.now() - last.atMs >= GROWTH_FRESH_MS) {
          const log = await openLog;
          const found = readGrowth(log, contract, marketOf(contract), windowMs, options.marketTime());
          last = { atMs: environment.now(), found };
          growth.set(key, last);
        }
        const clusters = await last.found;
        // Asked again soon while there are no columns yet.
        if (clusters === null) growth.delete(key);
        return clusters && { contract, clusters };
      },
    },
    followMaps: (ids) => watcher.keep(ids),
    onChange: pushSafely,
  });

  return {
    add(watch) {
      pages.add(watch);
      pushSafely();
    },
    remove: (watch) => void pages.delete(watch),
    change(change) {
      if (change.type === 'save-rule') return alerts.saveRule(change.rule);
      if (change.type === 'remove-rule') return alerts.removeRule(change.ruleId);
      return alerts.setQuiet(change.quiet);
    },
    evaluate: () => alerts.evaluate(),
    get wantsLiquidations() {
      return wantsLiquidations;
    },
    owns: (watch) => watcher.owns(watch),
  };
}
