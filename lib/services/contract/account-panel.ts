import type { Result } from '@/lib/core/result';
import { HOUR_MS, MINUTE_MS, SECOND_MS, type Clock } from '@/lib/core/time';
import type { AccountPosition, ObservedPosition } from '@/lib/market/account-position';
import { usdOf, type Contract } from '@/lib/market/contract';
import type { Trade } from '@/lib/market/trade';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { AccountLog } from '@/lib/store/log/account-log';
import type { VenueError } from '@/lib/venues/venue';

/** Two and a half a second: what the venue's budget for accounts allows, spread evenly. */
const ASK_EVERY_MS = 400;
/** After an answer that did not come. */
const WAIT_AFTER_ERROR_MS = 30 * SECOND_MS;
const STORE_EVERY_MS = 30 * SECOND_MS;

/** Accounts in memory, whether they hold anything or not; beyond that the least go. */
const MOST_ACCOUNTS = 3_000;
const KEPT_ACCOUNTS = 2_400;

/** An account is not asked again before then, whatever it trades: one that held nothing less often. */
const REST_MS = MINUTE_MS;
const EMPTY_REST_MS = 30 * MINUTE_MS;
/** After so long as much may have changed as was held. */
const CHANGE_MS = 15 * MINUTE_MS;
/** What is older is asked for again but counts no longer. */
export const COUNTED_MS = 24 * HOUR_MS;

/**
 * A rolling panel of the public accounts that trade a contract: who they are its trades tell, what they hold the venue does
 * when asked. Asks while it lives, the account that most may have changed at first, and survives the worker in the store.
 */
export interface AccountPanel {
  onTrade(trade: Trade): void;
  /** What was seen within a day. */
  positions(): readonly ObservedPosition[];
}

export interface AccountPanelOptions {
  readonly contract: Contract;
  readonly fetchPosition: (account: string) => Promise<Result<AccountPosition | null, VenueError>>;
  readonly log: AccountLog;
  readonly venueNow: Clock;
  readonly environment: ServiceEnvironment;
  /** Nobody is asked while nobody looks: what accounts hold can be asked for later. */
  readonly isSeen: () => boolean;
  readonly onChange: () => void;
  readonly onFailure: (cause: unknown) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

interface Account {
  /** Worth of its trades since it was asked. */
  tradedUsd: number;
  /** Venue time; -Infinity before the first answer. */
  askedMs: number;
  position: AccountPosition | null;
}

export function createAccountPanel(options: AccountPanelOptions): AccountPanel {
  const { contract, log, venueNow, environment, signal } = options;
  const accounts = new Map<string, Account>();
  let isStored = true;
  let isNewDue = false;
  let cancelAsk = () => {};
  let cancelStore = () => {};

  const heldUsd = ({ position }: Account): number =>
    position === null ? 0 : usdOf(contract, position.qty, position.entryPrice);

  /** USD by which what is known of the account may be wrong; 0 while it rests. Squared in time, so that sizes a hundred times as large are asked ten times as often. */
  const doubtUsd = (account: Account, nowMs: number): number => {
    // One asked in the future was so by a clock that was wrong: nothing is known of how long ago.
    const ageMs = nowMs < account.askedMs ? EMPTY_REST_MS : nowMs - account.askedMs;
    if (ageMs < (account.position === null ? EMPTY_REST_MS : REST_MS)) return 0;
    const held = heldUsd(account);
    return account.tradedUsd + (held === 0 ? 0 : held * (ageMs / CHANGE_MS) ** 2);
  };

  const mostDoubted = (isNew: boolean): string | null => {
    const nowMs = venueNow();
    let next: string | null = null;
    let most = 0;
    for (const [name, account] of accounts) {
      if ((account.askedMs === -Infinity) !== isNew) continue;
      const doubt = doubtUsd(account, nowMs);
      if (doubt > most) [next, most] = [name, doubt];
    }
    return next;
  };

  /** By turns one that is new and one that is known: the known ones alone could use up all there is. */
  const nextAccount = (): string | null => {
    isNewDue = !isNewDue;
    return mostDoubted(isNewDue) ?? mostDoubted(!isNewDue);
  };

  const trim = () => {
    if (accounts.size <= MOST_ACCOUNTS) return;
    const weight = (account: Account) => heldUsd(account) + account.tradedUsd;
    const ranked = [...accounts].sort(([, a], [, b]) => weight(b) - weight(a));
    for (const [name] of ranked.slice(KEPT_ACCOUNTS)) accounts.delete(name);
  };

  const store = async (): Promise<void> => {
    if (isStored) return;
    isStored = true;
    const holdings = [...accounts].flatMap(([name, { askedMs, position }]) =>
      position === null ? [] : [[name, { ...position, observedMs: askedMs }] as const],
    );
    try {
      await log.writeHoldings(contract.id, new Map(holdings));
    } catch (cause) {
      isStored = false;
      throw cause;
    }
  };
  const storeSafely = () => void store().catch(options.onFailure);
  const storeNowAndThen = () => {
    storeSafely();
    cancelStore = environment.setTimer(storeNowAndThen, STORE_EVERY_MS);
  };

  const ask = async (name: string): Promise<number> => {
    const answer = await options.fetchPosition(name);
    if (signal.aborted) return ASK_EVERY_MS;
    // Rests whatever came, so that one that cannot be read does not keep the others waiting.
    const account = accounts.get(name) ?? { tradedUsd: 0, askedMs: 0, position: null };
    if (!answer.ok && answer.error.kind !== 'schema') {
      environment.log(`accounts of ${contract.id}: ${answer.error.detail}`);
      return Math.max(WAIT_AFTER_ERROR_MS, (answer.error.retryAtMs ?? 0) - environment.now());
    }
    const hadPosition = account.position !== null;
    account.position = answer.ok ? answer.value : null;
    account.askedMs = venueNow();
    account.tradedUsd = 0;
    accounts.set(name, account);
    if (hadPosition || account.position !== null) {
      isStored = false;
      options.onChange();
    }
    return ASK_EVERY_MS;
  };

  const askNext = async (): Promise<void> => {
    const name = options.isSeen() ? nextAccount() : null;
    const waitMs =
      name === null
        ? ASK_EVERY_MS
        : await ask(name).catch((cause: unknown) => {
            options.onFailure(cause);
            return WAIT_AFTER_ERROR_MS;
          });
    if (!signal.aborted) cancelAsk = environment.setTimer(() => void askNext(), waitMs);
  };

  const restore = async (): Promise<void> => {
    const holdings = await log.readHoldings(contract.id);
    for (const [name, { observedMs, ...position }] of holdings) {
      if (!accounts.has(name) || accounts.get(name)?.askedMs === -Infinity)
        accounts.set(name, { tradedUsd: accounts.get(name)?.tradedUsd ?? 0, askedMs: observedMs, position });
    }
    if (holdings.size > 0) options.onChange();
  };

  const start = async (): Promise<void> => {
    await restore().catch(options.onFailure);
    if (signal.aborted) return;
    storeNowAndThen();
    void askNext();
  };
  signal.addEventListener('abort', () => {
    cancelAsk();
    cancelStore();
    storeSafely();
  });
  void start();

  return {
    onTrade({ traders, qty, price }) {
      if (traders === undefined) return;
      const usd = usdOf(contract, qty, price);
      for (const name of traders) {
        const account = accounts.get(name);
        if (account !== undefined) account.tradedUsd += usd;
        else accounts.set(name, { tradedUsd: usd, askedMs: -Infinity, position: null });
      }
      trim();
    },
    positions() {
      const sinceMs = venueNow() - COUNTED_MS;
      return [...accounts.values()].flatMap(({ askedMs, position }) =>
        position === null || askedMs < sinceMs ? [] : [{ ...position, observedMs: askedMs }],
      );
    },
  };
}
