import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import { marketContracts, type MapSource } from '@/components/dashboard/market-contracts';
import { SECOND_MS, type Clock } from '@/lib/core/time';
import type { Contract } from '@/lib/market/contract';

import { createMapHistory, type MapHistory } from './map-history';
import { rememberMarket } from './remembered-market';

/** The log is looked at again this often: columns are added every 15 minutes, liquidations as they come. */
const REFRESH_MS = 5 * SECOND_MS;

export interface MapHistoryState {
  /** Null until the first day is read. */
  readonly history: MapHistory | null;
  /** Another number whenever anything in it changed. */
  readonly version: number;
  /** Whether all that was asked for is read. */
  readonly isLoaded: boolean;
  /** Whether the store refused the last reading. */
  readonly hasFailed: boolean;
  readonly retry: () => void;
  /** Wants history back to a time. */
  readonly reach: (fromMs: number) => void;
}

/** The stored history of a contract's market back to `fromMs`, growing while the page is open; it goes on with one that is begun. */
export function useMapHistory(
  source: MapSource | null,
  begun: MapHistory | null,
  contract: Contract | null,
  fromMs: number,
  now: Clock,
): MapHistoryState {
  const contracts = useMarketContracts(source, begun, contract);
  const [state, setState] = useState<{ readonly history: MapHistory | null; readonly version: number }>({
    history: null,
    version: 0,
  });
  /** Back to when all is read. */
  const [loadedMs, setLoadedMs] = useState(Infinity);
  const [hasFailed, setHasFailed] = useState(false);
  const reached = useRef(fromMs);
  const load = useRef(() => {});

  // Before the picture of this very rendering: what is begun may be there already.
  useLayoutEffect(() => {
    if (source === null || contracts === null) return undefined;
    const abort = new AbortController();
    const history = begun?.contracts === contracts ? begun : createMapHistory(source, contracts, now, abort.signal);
    // Of a market that gained or lost a contract the former history stands in until there is as much of the new one.
    let isDue = state.history?.contracts[0].id !== contracts[0].id;
    // What was begun goes on reading when another is shown.
    const show = () => {
      if (isDue && !abort.signal.aborted) setState(({ version }) => ({ history, version: version + 1 }));
    };
    // A store that refuses leaves the map as it is.
    const quietly = (work: Promise<unknown>) =>
      void work.then(
        () => setHasFailed(false),
        () => !abort.signal.aborted && setHasFailed(true),
      );
    /** Then what was asked for is asked for again. */
    let isRefused = false;
    load.current = () => {
      const backTo = reached.current;
      isRefused = false;
      const loaded = history.load(backTo, show).then(() => {
        if (abort.signal.aborted) return;
        isDue = true;
        setLoadedMs((known) => Math.min(known, backTo));
        show();
      });
      loaded.catch(() => (isRefused = true));
      quietly(loaded);
    };
    setLoadedMs(Infinity);
    load.current();
    const timer = setInterval(() => {
      if (isRefused) return load.current();
      quietly(
        history.refresh().then((hasChanged) => {
          if (hasChanged) show();
        }),
      );
    }, REFRESH_MS);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [source, contracts, now]);

  const reach = (wantedMs: number) => {
    if (wantedMs >= reached.current) return;
    reached.current = wantedMs;
    load.current();
  };
  useEffect(() => reach(fromMs), [fromMs]);
  // Until the first day of another contract is read, what is here is still the former one's.
  const isOfContract = state.history?.contracts[0].id === contract?.id;
  return {
    history: isOfContract ? state.history : null,
    version: state.version,
    isLoaded: isOfContract && loadedMs <= fromMs,
    hasFailed,
    retry: () => load.current(),
    reach,
  };
}

/** The contracts of the market, the shown one first; a new array only when they are others. */
function useMarketContracts(
  source: MapSource | null,
  begun: MapHistory | null,
  contract: Contract | null,
): readonly Contract[] | null {
  const [found, setContracts] = useState<readonly Contract[] | null>(null);
  const contracts = found ?? begun?.contracts ?? null;
  const current = useRef(contracts);
  current.current = contracts;
  useEffect(() => {
    if (source === null || contract === null) return undefined;
    let isCurrent = true;
    const look = () =>
      void marketContracts(source, contract).then(
        (others) => {
          if (!isCurrent) return;
          const isSame = current.current !== null && idsOf(current.current) === idsOf(others);
          if (!isSame) void rememberMarket(others);
          setContracts(isSame ? current.current : others);
        },
        // A store that does not tell the others now leaves what is known of them.
        () => isCurrent && current.current?.[0]?.id !== contract.id && setContracts([contract]),
      );
    look();
    const timer = setInterval(look, REFRESH_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [source, contract?.id]);
  return useMemo(() => (contracts?.[0]?.id === contract?.id ? contracts : null), [contracts, contract?.id]);
}

const idsOf = (contracts: readonly Contract[]): string => contracts.map(({ id }) => id).join();
