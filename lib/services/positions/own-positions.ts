import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { venueIdOf, type Contract, type ContractId, type VenueId } from '@/lib/market/contract';
import { marketIdOf } from '@/lib/market/market';
import type { OwnLevel, OwnLiquidation, OwnPosition, OwnPositionRow } from '@/lib/market/own-position';
import type { RiskTiers } from '@/lib/market/risk-tier';
import { ownLiquidationPrice } from '@/lib/model/own-liquidation';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { MarketLog } from '@/lib/store/log/market-log';
import type { Venue } from '@/lib/venues/venue';

/** Brackets change seldom, and a watched venue tells at once when they do. */
const TIERS_FRESH_MS = 30 * MINUTE_MS;
/** Contracts or brackets that a venue does not tell now. */
const RETRY_MS = 15 * SECOND_MS;
const MARK_FRESH_MS = 15 * SECOND_MS;

/** The positions that the user entered, each with its liquidation price by its venue's rule and brackets. */
export interface OwnPositions {
  /** Of one market, as far as their brackets are known. */
  inMarket(marketId: string): readonly OwnLiquidation[];
  /** All of them; levels are those of the markets that are watched. Asks for marks that nothing else follows. */
  rows(levelOf: (marketId: string) => readonly OwnLevel[]): Promise<readonly OwnPositionRow[]>;
  save(position: OwnPosition): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface OwnPositionsOptions {
  readonly stored: {
    getValue(): Promise<readonly OwnPosition[]>;
    setValue(positions: readonly OwnPosition[]): Promise<void>;
    watch(listener: (positions: readonly OwnPosition[]) => void): void;
  };
  readonly venues: ReadonlyMap<VenueId, { readonly venue: Venue }>;
  /** The contract of a key, from as few requests as will do; null where its venue does not tell it. */
  readonly contractOf: (id: string) => Promise<Contract | null>;
  /** Whether the user wants nothing asked of a venue. */
  readonly isOff: (venueId: VenueId) => boolean;
  readonly openLog: Promise<MarketLog>;
  readonly environment: ServiceEnvironment;
  /** Positions or their prices are other ones. */
  readonly onChange: () => void;
}

interface Known {
  readonly contract: Contract;
  readonly tiers: RiskTiers;
  readonly readMs: number;
}

export function createOwnPositions(options: OwnPositionsOptions): OwnPositions {
  const { stored, venues, contractOf, isOff, openLog, environment, onChange } = options;
  const known = new Map<string, Known>();
  const triedMs = new Map<string, number>();
  const marks = new Map<string, { readonly price: Promise<number | null>; readonly atMs: number }>();
  const { signal } = new AbortController();
  let positions: readonly OwnPosition[] = [];
  let reading: Promise<void> | null = null;
  let writing: Promise<void> = Promise.resolve();

  /** The venue's own, else those it told before, else the bundled ones; of a venue that is off, what is known of before. */
  const readTiers = async ({ id, symbol }: Contract, venue: Venue): Promise<RiskTiers | null> => {
    const fetched = isOff(venue.id) ? null : await venue.fetchRiskTiers(symbol, signal);
    if (fetched?.source === 'venue') return fetched;
    const log = await openLog;
    return (await log.readRiskTiers(id).catch(() => null)) ?? fetched ?? known.get(id)?.tiers ?? null;
  };

  /** Of a venue that is switched off, or does not answer. */
  const storedContract = async (id: ContractId): Promise<Contract | null> => {
    const list = await (await openLog).readContracts(venueIdOf(id)).catch(() => null);
    return list?.contracts.find((contract) => contract.id === id) ?? null;
  };

  const learn = async (id: ContractId): Promise<void> => {
    const contract = (await contractOf(id)) ?? (await storedContract(id));
    const venue = contract === null ? undefined : venues.get(contract.venueId)?.venue;
    if (contract === null || venue === undefined) return;
    const tiers = await readTiers(contract, venue);
    if (tiers !== null) known.set(id, { contract, tiers, readMs: environment.now() });
  };

  const isDue = (id: string) =>
    environment.now() - (known.get(id)?.readMs ?? -Infinity) >= TIERS_FRESH_MS &&
    environment.now() - (triedMs.get(id) ?? -Infinity) >= RETRY_MS;

  /** Finds out what is missing or old, one round at a time and only while somebody asks for it. */
  const refresh = (): Promise<void> => {
    reading ??= (async () => {
      const due = [...new Set(positions.map(({ contractId }) => contractId))].filter(isDue);
      if (due.length === 0) return;
      for (const id of due) triedMs.set(id, environment.now());
      await Promise.all(due.map(learn));
      onChange();
    })()
      .catch((cause: unknown) => environment.log(`own positions: ${String(cause)}`))
      .finally(() => {
        reading = null;
      });
    return reading;
  };

  const become = (next: readonly OwnPosition[]): void => {
    positions = next;
    onChange();
  };

  const liquidationOf = (position: OwnPosition): OwnLiquidation | null => {
    const found = known.get(position.contractId);
    if (found === undefined) return null;
    const liquidationPrice = ownLiquidationPrice(position, found.contract, found.tiers.tiers);
    return { position, contract: found.contract, liquidationPrice };
  };

  const fetchMark = async ({ symbol, venueId }: Contract): Promise<number | null> => {
    if (isOff(venueId)) return null;
    const snapshot = await venues.get(venueId)?.venue.fetchSnapshot(symbol, signal);
    return snapshot?.ok === true ? snapshot.value.markPrice : null;
  };

  const readMark = (contract: Contract): Promise<number | null> => {
    const last = marks.get(contract.id);
    if (last !== undefined && environment.now() - last.atMs < MARK_FRESH_MS) return last.price;
    const price = fetchMark(contract);
    marks.set(contract.id, { price, atMs: environment.now() });
    return price;
  };

  const rowOf = async (
    position: OwnPosition,
    levelOf: (marketId: string) => readonly OwnLevel[],
  ): Promise<OwnPositionRow> => {
    const own = liquidationOf(position);
    if (own === null) {
      return { position, contract: null, liquidationPrice: null, tiersSource: null, markPrice: null, between: null };
    }
    const { contract, liquidationPrice } = own;
    const level = levelOf(marketIdOf(contract)).find(({ positionId }) => positionId === position.id);
    return {
      position,
      contract,
      liquidationPrice,
      tiersSource: known.get(contract.id)?.tiers.source ?? null,
      markPrice: level === undefined ? await readMark(contract) : level.liquidationPrice / (1 + level.distance),
      between: level === undefined ? null : { usd: level.betweenUsd, range: level.betweenRange },
    };
  };

  const read = stored
    .getValue()
    .then(become)
    .catch((cause: unknown) => environment.log(`own positions: ${String(cause)}`));
  stored.watch(become);

  /** One change after the other, each from what is stored. */
  const change = (edit: (stored: readonly OwnPosition[]) => readonly OwnPosition[]): Promise<void> => {
    const changed = writing.then(async () => stored.setValue(edit(await stored.getValue())));
    writing = changed.catch(() => {});
    return changed;
  };

  return {
    inMarket(marketId) {
      void refresh();
      return positions
        .map(liquidationOf)
        .filter((own) => own !== null)
        .filter(({ contract }) => marketIdOf(contract) === marketId);
    },
    async rows(levelOf) {
      await read;
      await refresh();
      return Promise.all(positions.map((position) => rowOf(position, levelOf)));
    },
    save: (position) =>
      change((list) =>
        list.some(({ id }) => id === position.id)
          ? list.map((each) => (each.id === position.id ? position : each))
          : [...list, position],
      ),
    remove: (id) => change((list) => list.filter((each) => each.id !== id)),
  };
}
