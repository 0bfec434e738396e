import { floorToStep, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import { barMoments } from './bar-moments';
import { aggregateTrades, fundingAt, TRADE_SLOT_MS } from './binance-wire';
import type { GateListing } from './gate-listings';
import { candleRow, formatMark, formatPrice, publicLiquidate, seconds, tierRows, toSize } from './gate-wire';
import { type Frame, type FrameSource, parseMessage, type StreamDialect } from './stream-host';

const CANDLE_UPDATE_MS = 250;

const frame = (channel: string, timeMs: number, result: unknown, event = 'update'): Frame => ({
  time: seconds(timeMs),
  time_ms: timeMs,
  channel,
  event,
  result,
});

type Channel = (listing: GateListing) => FrameSource;

const trades: Channel = (listing) => (fromMs, toMs) => {
  const [first, last] = [Math.floor(fromMs / TRADE_SLOT_MS), Math.floor(toMs / TRADE_SLOT_MS) - 1];
  const trade = last < first ? null : aggregateTrades(listing.source(), first, last);
  if (trade === null) return [];
  const row = {
    size: toSize(trade.qty, listing) * (trade.isBuyerMaker ? -1 : 1),
    id: last,
    create_time: seconds(trade.timeMs),
    create_time_ms: trade.timeMs,
    price: formatPrice(trade.price, listing),
    contract: listing.instrument.symbol,
  };
  return [frame('futures.trades', toMs, [row])];
};

const tickers: Channel = (listing) => (fromMs, toMs) => {
  const newest = floorToStep(toMs, SECOND_MS);
  if (newest <= fromMs) return [];
  const source = listing.source();
  const funding = fundingAt(listing.instrument, newest);
  const row = {
    contract: listing.instrument.symbol,
    last: formatPrice(source.price(newest), listing),
    change_percentage: '0',
    funding_rate: funding.rate.toFixed(6),
    funding_next_apply: seconds(funding.nextMs),
    mark_price: formatMark(source.mark(newest), listing),
    index_price: formatMark(source.mark(newest), listing),
    total_size: String(toSize(source.openInterest(newest), listing)),
  };
  return [frame('futures.tickers', newest, [row])];
};

/** Every close in between, then the bar still open where it has changed. */
const candlesticks: Channel = (listing) => (fromMs, toMs) =>
  barMoments(fromMs, toMs, CANDLE_UPDATE_MS).map(({ openMs, atMs }) => {
    const candle = listing.source().candle(openMs, openMs + BAR_MS, atMs);
    const w = atMs >= openMs + BAR_MS;
    const row = { ...candleRow(candle, listing), n: `5m_${listing.instrument.symbol}`, w };
    return frame('futures.candlesticks', atMs, [row]);
  });

/** All of a second's liquidations, told together when it is over. */
const publicLiquidates: Channel = (listing) => (fromMs, toMs) => {
  const [from, to] = [floorToStep(fromMs, SECOND_MS), floorToStep(toMs, SECOND_MS)];
  const events = listing.source().liquidations(from, to, 'full');
  if (events.length === 0) return [];
  return [
    frame(
      'futures.public_liquidates',
      to,
      events.map((event) => publicLiquidate(event, listing)),
    ),
  ];
};

export const contractInfoFrame = (listing: GateListing, event: 'all' | 'update', nowMs: number): Frame => {
  const { symbol, tickSize } = listing.instrument;
  const result = {
    contract: symbol,
    quanto_multiplier: String(listing.contractSize),
    order_price_round: String(tickSize),
    mark_price_round: String(tickSize),
    risk_limit_tiers: tierRows(listing),
  };
  return frame('futures.contract_info', nowMs, result, event);
};

const CHANNELS: Readonly<Record<string, Channel>> = {
  'futures.trades': trades,
  'futures.tickers': tickers,
  'futures.candlesticks': candlesticks,
  'futures.public_liquidates': publicLiquidates,
  'futures.contract_info': () => () => [],
};

/** Streams are named by channel and contract: `futures.trades BTC_USDT`. */
export const createGateDialect = (
  listings: ReadonlyMap<string, GateListing>,
  now: () => number,
  clockKeys: ReadonlySet<string>,
): StreamDialect => ({
  findStream(name) {
    const [channel, contract] = name.split(' ');
    const create = CHANNELS[channel];
    if (contract === '!all') {
      const sources = [...listings.values()].map(create);
      return (fromMs, toMs) => sources.flatMap((source) => source(fromMs, toMs));
    }
    const listing = listings.get(contract);
    return listing === undefined ? null : create(listing);
  },
  answer(text, streams, isDenied) {
    const message = parseMessage(text);
    const nowMs = now();
    if (message === null) return [{ ...frame('', nowMs, null, ''), error: { code: 1, message: 'invalid json' } }];
    const { channel, event, payload } = message;
    if (channel === 'futures.ping') return [frame('futures.pong', nowMs, null, '')];
    const refuse = (detail: string) => [
      {
        ...frame(String(channel), nowMs, { status: 'fail' }, String(event)),
        error: { code: 2, message: detail },
      },
    ];
    if (typeof channel !== 'string' || !Object.hasOwn(CHANNELS, channel))
      return refuse(`Unknown channel ${String(channel)}`);
    if (!Array.isArray(payload) || !payload.every((each) => typeof each === 'string')) return refuse('Invalid payload');
    if (channel === 'futures.candlesticks' && (payload.length !== 2 || payload[0] !== '5m'))
      return refuse('Invalid interval');
    const contracts = channel === 'futures.candlesticks' ? payload.slice(1) : payload;
    const unknown = contracts.find((contract) => contract !== '!all' && !listings.has(contract));
    if (unknown !== undefined) return refuse(`unknown contract ${unknown}`);
    const denied = contracts.find((contract) => event === 'subscribe' && isDenied(`${channel} ${contract}`));
    if (denied !== undefined) return refuse(`denied ${denied}`);
    for (const contract of contracts) {
      if (event === 'subscribe') streams.add(`${channel} ${contract}`);
      else streams.delete(`${channel} ${contract}`);
    }
    return [{ ...frame(channel, nowMs, { status: 'success' }, String(event)), payload }];
  },
  greet(stream, nowMs) {
    const [channel, contract] = stream.split(' ');
    const listing = listings.get(contract);
    return channel === 'futures.contract_info' && listing !== undefined
      ? [contractInfoFrame(listing, 'all', nowMs)]
      : [];
  },
  inboundPerSecond: 50,
  pingMs: 60_000,
  clockKeys,
});
