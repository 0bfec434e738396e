import { DAY_MS, floorToStep, HOUR_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import { type HyperliquidListing, MARGIN_TABLES } from './hyperliquid-listings';
import { candleOf, contextOf, formatPrice, formatSize, positionOf } from './hyperliquid-wire';
import type { Reply } from './reply';
import { parseMessage } from './stream-host';

export interface HyperliquidRest {
  readonly listings: ReadonlyMap<string, HyperliquidListing>;
  /** Venue time. */
  readonly nowMs: number;
}

type Body = Readonly<Record<string, unknown>>;

/** Candles of an interval that the venue keeps. */
const CANDLES_KEPT = 5000;
const INTERVALS_MS: Readonly<Record<string, number>> = { '1m': 60_000, '5m': BAR_MS, '1h': HOUR_MS, '1d': DAY_MS };
const LIGHT_TYPES = new Set(['l2Book', 'allMids', 'clearinghouseState', 'exchangeStatus']);
const ACCOUNT = /^0x[0-9a-f]{40}$/i;

const ok = (body: unknown): Reply => ({ status: 200, body });
const UNREADABLE: Reply = { status: 422, body: 'Failed to deserialize the JSON body into the target type' };
/** A coin that does not exist. */
const FAILED: Reply = { status: 500, body: null };

const metaAndAssetCtxs = (body: Body, { listings, nowMs }: HyperliquidRest): Reply => {
  const dex = body.dex ?? '';
  const assets = [...listings.values()].filter((listing) => listing.dex === dex);
  if (assets.length === 0) return FAILED;
  const universe = assets.map(({ instrument, sizeDecimals, marginTableId }) => ({
    szDecimals: sizeDecimals,
    name: instrument.symbol,
    maxLeverage: instrument.tiers[0]?.maxLeverage,
    marginTableId,
  }));
  const marginTables = [...MARGIN_TABLES].map(([id, tiers]) => [
    id,
    {
      description: '',
      marginTiers: tiers.map(([lowerBound, maxLeverage]) => ({ lowerBound: lowerBound.toFixed(1), maxLeverage })),
    },
  ]);
  const contexts = assets.map((listing) => contextOf(listing, nowMs));
  return ok([{ universe, marginTables, collateralToken: 0 }, contexts]);
};

const candleSnapshot = (body: Body, { listings, nowMs }: HyperliquidRest): Reply => {
  const req = body.req as Body | undefined;
  const intervalMs = INTERVALS_MS[String(req?.interval)];
  if (req === undefined || intervalMs === undefined || typeof req.startTime !== 'number') return UNREADABLE;
  const listing = listings.get(String(req.coin));
  if (listing === undefined) return FAILED;
  const endMs = Math.min(typeof req.endTime === 'number' ? req.endTime : nowMs, nowMs);
  const oldestMs = floorToStep(nowMs, intervalMs) - (CANDLES_KEPT - 1) * intervalMs;
  const startMs = Math.max(req.startTime, oldestMs, listing.listedTimeMs);
  const rows: object[] = [];
  for (let openMs = Math.ceil(startMs / intervalMs) * intervalMs; openMs <= endMs; openMs += intervalMs)
    rows.push(candleOf(listing, String(req.interval), openMs, intervalMs, nowMs));
  return ok(rows);
};

const l2Book = (body: Body, { listings, nowMs }: HyperliquidRest): Reply => {
  const listing = listings.get(String(body.coin));
  if (listing === undefined) return FAILED;
  const level = (sign: number) => [
    {
      px: formatPrice(listing.source().price(nowMs) + sign * listing.instrument.tickSize, listing),
      sz: formatSize(listing.instrument.qtyStep * 1000, listing),
      n: 3,
    },
  ];
  return ok({ coin: body.coin, time: nowMs, levels: [level(-1), level(1)] });
};

const clearinghouseState = (body: Body, { listings, nowMs }: HyperliquidRest): Reply => {
  const { user, dex = '' } = body;
  if (typeof user !== 'string' || !ACCOUNT.test(user)) return UNREADABLE;
  const held = [...listings.values()].flatMap((listing) => {
    const position = listing.dex === dex ? listing.accounts.held(nowMs).get(user) : undefined;
    return position === undefined ? [] : [{ listing, position }];
  });
  const value = held.reduce((sum, { position }) => sum + position.margin, 0).toFixed(6);
  const summary = { accountValue: value, totalNtlPos: '0.0', totalRawUsd: value, totalMarginUsed: '0.0' };
  return ok({
    marginSummary: summary,
    crossMarginSummary: summary,
    crossMaintenanceMarginUsed: '0.0',
    withdrawable: '0.0',
    assetPositions: held.map(({ listing, position }) => positionOf(listing, position, nowMs)),
    time: nowMs,
  });
};

const RESPOND: Readonly<Record<string, (body: Body, rest: HyperliquidRest) => Reply>> = {
  metaAndAssetCtxs,
  candleSnapshot,
  l2Book,
  clearinghouseState,
};

const typeOf = (text: string): string => String(parseMessage(text)?.type);

/** What a request costs before its answer is known. */
export const weightOf = (text: string): number => (LIGHT_TYPES.has(typeOf(text)) ? 2 : 20);

/** The venue's answer to what was posted, within the limits. */
export const respondHyperliquid = (text: string, rest: HyperliquidRest): Reply => {
  const type = typeOf(text);
  const body = parseMessage(text);
  return body !== null && Object.hasOwn(RESPOND, type) ? RESPOND[type](body, rest) : UNREADABLE;
};
