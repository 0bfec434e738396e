import { SECOND_MS } from '@/lib/core/time';
import type { BoardRequest, FeedWatch } from '@/lib/messaging/feed-server';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { LiquidationRecord } from '@/lib/services/liquidations/liquidation-record';
import { poll } from '@/lib/services/scheduling/poller';

import type { MarketReporter } from './market-report';

/** Twice a second at most, and now and then without any news, because windows move on. */
const PUSH_MS = SECOND_MS / 2;
const IDLE_PUSH_MS = 5 * SECOND_MS;

/** Pages that look at the market as a whole. */
export interface BoardWatches {
  add(watch: FeedWatch<BoardRequest>): void;
  remove(watch: FeedWatch<BoardRequest>): void;
  /** The report has something new. */
  touchReport(): void;
  readonly size: number;
}

export function createBoardWatches(
  record: LiquidationRecord,
  reporter: () => MarketReporter,
  environment: ServiceEnvironment,
): BoardWatches {
  /** What was pushed last, by revision, and when. */
  const watches = new Map<FeedWatch<BoardRequest>, { revision: number; pushedMs: number }>();
  let reportRevision = 0;
  let abort: AbortController | null = null;

  const revisionFor = ({ type }: BoardRequest): number =>
    type === 'watch-liquidations' ? record.revision : reportRevision;

  const push = (watch: FeedWatch<BoardRequest>): void => {
    const { request } = watch;
    watches.set(watch, { revision: revisionFor(request), pushedMs: environment.now() });
    if (request.type === 'watch-liquidations') {
      watch.push({ type: 'liquidations', board: record.board(request.minUsd) });
    } else watch.push({ type: 'report', report: reporter().report(request.marketIds) });
  };

  const pushDue = async (): Promise<void> => {
    for (const [watch, { revision, pushedMs }] of watches) {
      const isOld = Math.abs(environment.now() - pushedMs) >= IDLE_PUSH_MS;
      if (isOld || revisionFor(watch.request) !== revision) push(watch);
    }
  };

  const wantsReport = () => [...watches.keys()].some(({ request }) => request.type === 'watch-report');

  const update = (): void => {
    if (wantsReport()) reporter().start();
    else reporter().stop();
    if (watches.size === 0) abort?.abort();
    if (watches.size === 0 || abort?.signal.aborted === false) return;
    abort = new AbortController();
    poll(pushDue, PUSH_MS, environment, abort.signal, (cause) => environment.log(`board: ${String(cause)}`));
  };

  return {
    add(watch) {
      push(watch);
      update();
    },
    remove(watch) {
      watches.delete(watch);
      update();
    },
    touchReport() {
      reportRevision += 1;
    },
    get size() {
      return watches.size;
    },
  };
}
