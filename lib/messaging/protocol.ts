import type { Language } from '@/lib/core/languages';
import type { Words } from '@/lib/i18n/words';
import type { AlertFiring, AlertRule, QuietHours } from '@/lib/market/alert';
import type { ChartSymbol } from '@/lib/market/chart-symbol';
import type { Contract, ContractId } from '@/lib/market/contract';
import type { VenueHealth } from '@/lib/market/health';
import type { Coverage } from '@/lib/market/member';
import type { OwnLevel, OwnPosition, OwnPositionRow } from '@/lib/market/own-position';
import type { PaneHistory, PaneRequest } from '@/lib/market/pane-history';
import type { Profile } from '@/lib/market/profile';
import type { LiquidationBoard } from '@/lib/market/realised';
import type { MarketReport } from '@/lib/market/report';
import type { LogLine, VenueLimits } from '@/lib/market/request-limit';
import type { Cluster, Summary } from '@/lib/market/summary';
import type { Resolution } from '@/lib/market/symbols';

export type { Resolution };

/** Name of the port between a page of ours or a content script and the background. */
export const FEED_PORT = 'liqband-feed';

/**
 * What a watcher wants pushed: the map alone, the map with its groups of leverage, the map and the figures of a page of
 * ours, or those with the groups; quiet: nothing but that the market is followed, for the report to have its figures and a
 * hidden tab its map when it is seen.
 */
export const WATCH_DETAILS = ['band', 'groups', 'summary', 'summary-groups', 'quiet'] as const;
export type WatchDetail = (typeof WATCH_DETAILS)[number];

/** Details that charts are not told. */
export const wantsSummary = (detail: WatchDetail): boolean => detail === 'summary' || detail === 'summary-groups';
export const wantsGroups = (detail: WatchDetail): boolean => detail === 'groups' || detail === 'summary-groups';

/** As much of an own level as a band draws: neither size nor margin nor venue enters a page's process. */
export type BandOwnLevel = Pick<OwnLevel, 'positionSide' | 'price'>;

/** Client to background. `key` names one watch of this port, chosen by the client. */
export type ClientMessage =
  | { readonly type: 'watch'; readonly key: string; readonly symbol: ChartSymbol; readonly detail: WatchDetail }
  /** The popup: what the tab's charts show, else what was last watched. */
  | { readonly type: 'watch-tab'; readonly key: string; readonly tabId: number; readonly detail: WatchDetail }
  | {
      readonly type: 'watch-contract';
      readonly key: string;
      readonly contractId: ContractId;
      readonly detail: WatchDetail;
    }
  /** What is liquidated in the whole market; the newest single ones of at least `minUsd`. */
  | { readonly type: 'watch-liquidations'; readonly key: string; readonly minUsd: number }
  /** These markets, or those with the most open interest. */
  | { readonly type: 'watch-report'; readonly key: string; readonly marketIds: readonly string[] | null }
  /** The user's own positions with their figures; this and what changes them of the extension's own pages only. */
  | { readonly type: 'watch-positions'; readonly key: string }
  /** Added, or changed where its id is known. */
  | { readonly type: 'save-position'; readonly position: OwnPosition }
  | { readonly type: 'remove-position'; readonly positionId: string }
  /** Alert rules and what they told; this and what changes them of the extension's own pages only. */
  | { readonly type: 'watch-alerts'; readonly key: string }
  | { readonly type: 'save-rule'; readonly rule: AlertRule }
  | { readonly type: 'remove-rule'; readonly ruleId: string }
  | { readonly type: 'set-quiet'; readonly quiet: QuietHours | null }
  /** What requests have used of their limits, and the background's log; of the extension's own pages only. */
  | { readonly type: 'watch-diagnostics'; readonly key: string }
  | { readonly type: 'unwatch'; readonly key: string }
  /** History for the full pane of what that watch shows; it comes in parts. */
  | ({ readonly type: 'read-history'; readonly watchKey: string } & PaneRequest)
  /** Try what failed again now, e.g. after host access was granted. */
  | { readonly type: 'retry' }
  /** Forget what the contract's liquidations taught; of the extension's own pages only. */
  | { readonly type: 'reset-learning'; readonly contractId: ContractId }
  | { readonly type: 'list-contracts' };

/** Background to client. */
export type ServerMessage =
  | { readonly type: 'resolved'; readonly key: string; readonly resolution: Resolution }
  | { readonly type: 'progress'; readonly key: string; readonly daysDone: number; readonly daysTotal: number }
  | {
      readonly type: 'profile';
      readonly key: string;
      readonly profile: Profile;
      /** On charts, the largest first; left out while those told before hold. */
      readonly clusters?: readonly Cluster[];
    }
  | { readonly type: 'summary'; readonly key: string; readonly summary: Summary }
  | {
      readonly type: 'health';
      readonly key: string;
      /** Of the venues in use, the one whose prices are shown first. */
      readonly health: readonly VenueHealth[];
      /** How much of the market the map rests on; null before it is known which market. */
      readonly coverage: Coverage | null;
      /** Age of the newest data of the contract whose prices are shown. */
      readonly ageMs: number | null;
    }
  /** Where the user's own positions on the chart's market are liquidated, in its prices. */
  | { readonly type: 'own-levels'; readonly key: string; readonly levels: readonly BandOwnLevel[] }
  | { readonly type: 'positions'; readonly key: string; readonly rows: readonly OwnPositionRow[] }
  | {
      readonly type: 'alerts';
      readonly key: string;
      readonly rules: readonly AlertRule[];
      readonly quiet: QuietHours | null;
      /** Newest first. */
      readonly log: readonly AlertFiring[];
    }
  | {
      readonly type: 'diagnostics';
      readonly key: string;
      readonly limits: readonly VenueLimits[];
      /** Oldest first. */
      readonly log: readonly LogLine[];
    }
  | ({ readonly type: 'history'; readonly key: string } & PaneHistory)
  | { readonly type: 'liquidations'; readonly key: string; readonly board: LiquidationBoard }
  | { readonly type: 'report'; readonly key: string; readonly report: MarketReport }
  /** The texts that a chart needs; to content scripts, before anything else and after every change of language. */
  | { readonly type: 'words'; readonly language: Language; readonly words: Words }
  | { readonly type: 'contracts'; readonly contracts: readonly Contract[] }
  /** Why nothing can be stored, one sentence for the user; null once it can again. Sent to every port. */
  | { readonly type: 'storage'; readonly problem: string | null };
