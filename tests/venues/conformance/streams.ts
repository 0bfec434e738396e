import { describe, expect, it } from 'vitest';

import { DAY_MS, floorToStep, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { VENUE_FACTS } from '@/lib/market/venue-facts';

import { expectNear } from './requests';
import { type Rig, type Stand, START_MS } from './rig';

/** A second of the venue's time, and the machine's with it. */
const tick = async (stand: Stand, seconds = 1): Promise<void> => {
  for (let second = 0; second < seconds; second++) {
    stand.exchange.clock.step(SECOND_MS);
    await stand.rig.pass(SECOND_MS);
  }
};

/** Follows the contract until everything is subscribed and delivers. */
export const followUntilLive = async (stand: Stand): Promise<Rig> => {
  const { rig, venueCase } = stand;
  rig.open().follow([venueCase.symbol]);
  await rig.passUntil(() => rig.exchangeVenue.subscriptions().length > 0);
  await rig.pass(3 * SECOND_MS);
  while (!['trades', 'mark', 'bars'].every((name) => rig.healthOf(name as 'trades') === 'live')) await tick(stand);
  return rig;
};

const describeEvents = (stand: Stand): void => {
  it('pushes trades, marks and the open bar', async () => {
    const rig = await followUntilLive(stand);
    const source = rig.exchangeVenue.source(stand.venueCase.symbol);
    await tick(stand, 5);
    const trade = rig.trades.at(-1)!;
    expectNear(trade.price, source.price(trade.timeMs));
    const traded = rig.trades.reduce((sum, { qty }) => sum + qty, 0);
    const bar = source.candle(floorToStep(START_MS, BAR_MS), floorToStep(START_MS, BAR_MS) + BAR_MS, START_MS + DAY_MS);
    expect(traded).toBeGreaterThan(0);
    expect(traded).toBeLessThan(bar.volume);
    const mark = rig.marks.at(-1)!;
    expectNear(mark.markPrice, source.mark(mark.timeMs));
    expect(Math.abs(mark.fundingRate)).toBeLessThan(0.01);
    expect(mark.nextFundingTimeMs).toBeGreaterThan(mark.timeMs);
    const open = rig.bars.at(-1)!;
    expect([open.bar.openTimeMs, open.isClosed]).toEqual([floorToStep(START_MS, BAR_MS), false]);
    expectNear(open.bar.open, bar.open);
    expect(open.bar.markClose).toBeNaN();
  });

  it('pushes a bar as it closed, with the figures that requests give', async () => {
    const rig = await followUntilLive(stand);
    const openMs = floorToStep(stand.exchange.clock.now(), BAR_MS);
    stand.exchange.clock.set(openMs + BAR_MS - 100);
    await rig.pass(SECOND_MS);
    await tick(stand, 3);
    const last = rig.bars.findLast(({ bar }) => bar.openTimeMs === openMs)!;
    expect(last.isClosed).toBe(stand.venueCase.closesBars);
    const candle = rig.exchangeVenue.source(stand.venueCase.symbol).candle(openMs, openMs + BAR_MS, openMs + BAR_MS);
    expectNear(last.bar.volume, candle.volume);
    expectNear(last.bar.close, candle.close);
    const { id } = stand.venueCase;
    if (id === 'binance' || id === 'binance-coin') expectNear(last.bar.takerBuyVolume, candle.takerBuyVolume);
    else expect(last.bar.takerBuyVolume).toBeNaN();
  });

  it('pushes liquidations of both sides, all of them or the sample that the venue publishes', async ({ skip }) => {
    const { id, symbol } = stand.venueCase;
    const feed = VENUE_FACTS[id].liquidationFeed;
    if (feed === 'none') {
      skip('the venue publishes none');
      return;
    }
    const rig = await followUntilLive(stand);
    const source = rig.exchangeVenue.source(symbol);
    const fromMs = floorToStep(stand.exchange.clock.now(), SECOND_MS);
    stand.exchange.clock.set(fromMs);
    const toMs = fromMs + 3 * DAY_MS;
    const expected = source.liquidations(fromMs, toMs, feed === 'complete' ? 'full' : 'sampled');
    rig.liquidations.length = 0;
    stand.exchange.clock.set(toMs);
    await rig.passUntil(() => rig.liquidations.length >= expected.length);
    expect(new Set(expected.map(({ positionSide }) => positionSide))).toEqual(new Set(['long', 'short']));
    expect(
      rig.liquidations.map(({ symbol: of, liquidation }) => [of, liquidation.timeMs, liquidation.positionSide]),
    ).toEqual(expected.map((each) => [symbol, each.timeMs, each.positionSide]));
    for (const [nth, { liquidation }] of rig.liquidations.entries()) {
      expectNear(liquidation.qty, expected[nth].qty);
      if (!Number.isNaN(liquidation.bankruptcyPrice)) {
        expectNear(liquidation.bankruptcyPrice, expected[nth].bankruptcyPrice);
      }
    }
  });

  it('takes liquidations of contracts whose trades nobody asked for', async ({ skip }) => {
    const { rig, venueCase } = stand;
    const stream = rig.open();
    if (VENUE_FACTS[venueCase.id].liquidationFeed === 'none') {
      skip('the venue publishes none');
      return;
    }
    stream.followLiquidations([venueCase.symbol]);
    await rig.passUntil(() => rig.exchangeVenue.subscriptions().length > 0);
    await rig.pass(3 * SECOND_MS);
    stand.exchange.clock.step(3 * DAY_MS);
    await rig.passUntil(() => rig.liquidations.some(({ symbol }) => symbol === venueCase.symbol));
    expect([rig.trades.length, rig.bars.length]).toEqual([0, 0]);
    expect(rig.healthOf('liquidations')).toBe('live');
  });
};

const describeHealth = (stand: Stand): void => {
  it('is live stream by stream while it is followed, and has no socket or timer when not', async () => {
    const { rig, venueCase } = stand;
    const stream = rig.open();
    stream.follow([venueCase.symbol]);
    expect(rig.healthOf('trades')).toBe('connecting');
    await rig.passUntil(() => rig.exchangeVenue.subscriptions().length > 0);
    await rig.pass(3 * SECOND_MS);
    await tick(stand, 5);
    for (const name of ['trades', 'mark', 'bars', 'liquidations'] as const) {
      const isPublished = name !== 'liquidations' || VENUE_FACTS[venueCase.id].liquidationFeed !== 'none';
      expect([name, rig.healthOf(name)]).toEqual([name, isPublished ? 'live' : 'idle']);
    }
    stream.follow([]);
    await rig.passUntil(() => rig.exchangeVenue.openSockets() === 0);
    expect(rig.healthOf('trades')).toBe('idle');
    expect(rig.time.timerCount()).toBe(0);
  });

  it('comes back by itself after a lost connection, and says so', async () => {
    const rig = await followUntilLive(stand);
    rig.exchangeVenue.setFault({ target: 'stream', kind: 'drop' })();
    await rig.passUntil(() => rig.healthOf('trades') === 'down');
    await rig.passUntil(() => rig.exchangeVenue.subscriptions().length > 0);
    await rig.pass(3 * SECOND_MS);
    await tick(stand, 3);
    expect(rig.healthOf('trades')).toBe('live');
    expect(rig.reconnects).toBeGreaterThan(0);
  });

  it('calls a mute connection silent, replaces it, and is live once it speaks', async () => {
    const rig = await followUntilLive(stand);
    const connections = rig.exchangeVenue.connections.length;
    const undo = rig.exchangeVenue.setFault({ target: 'stream', kind: 'silent' });
    await rig.passUntil(() => rig.healthOf('trades') === 'silent');
    await rig.passUntil(() => rig.exchangeVenue.connections.length > connections);
    undo();
    await rig.pass(3 * SECOND_MS);
    for (let nth = 0; nth < 30 && rig.healthOf('trades') !== 'live'; nth++) await tick(stand);
    expect(rig.healthOf('trades')).toBe('live');
    expect(rig.reconnects).toBeGreaterThan(0);
  });

  it.each(['malformed', 'truncated'] as const)('counts %s frames and goes on with the good ones', async (kind) => {
    const rig = await followUntilLive(stand);
    const connections = rig.exchangeVenue.connections.length;
    const good = rig.trades.length;
    rig.exchangeVenue.setFault({ target: 'stream', kind, every: 4 });
    await tick(stand, 8);
    const broken = rig.venue.health().streams.reduce((sum, { brokenCount }) => sum + brokenCount, 0);
    expect(broken).toBeGreaterThan(0);
    expect(rig.trades.length).toBeGreaterThan(good);
    expect(rig.exchangeVenue.connections).toHaveLength(connections);
    for (const { price, qty } of rig.trades) expect(price * qty).toBeGreaterThan(0);
  });
};

const describeForgotten = (stand: Stand): void => {
  it('asks again for a contract that the venue forgot while it tells of others, and says so', async ({ skip }) => {
    const { rig, venueCase } = stand;
    const { symbol, neighbour } = venueCase;
    if (neighbour === undefined) {
      skip('the exchange lists no other');
      return;
    }
    const { exchangeVenue, told } = rig;
    rig.open().follow([symbol, neighbour]);
    const isTold = (of: string) => ['trade', 'mark', 'bar'].every((kind) => told.includes(`${kind} ${of}`));
    await rig.passUntil(() => exchangeVenue.subscriptions().length > 0);
    while (!isTold(symbol) || !isTold(neighbour)) await tick(stand);
    const [asked, connections] = [exchangeVenue.subscriptions(), exchangeVenue.connections.length];
    const ofContract = new RegExp(symbol, 'i');
    const undo = exchangeVenue.setFault({ target: 'stream', kind: 'silent', match: ofContract });
    exchangeVenue.forget(ofContract);
    const detailOf = () => rig.venue.health().streams.find(({ stream }) => stream === 'mark')?.detail;
    for (let second = 0; second < 45 && detailOf() === ''; second++) await tick(stand);
    expect(detailOf()).toBe(`silent|venue=${rig.venue.name} (${symbol})`);
    const isAsked = () => exchangeVenue.subscriptions().join() === asked.join();
    for (let second = 0; second < 5 && !isAsked(); second++) await tick(stand);
    expect(exchangeVenue.subscriptions()).toEqual(asked);
    const missed = rig.refused.length;
    undo();
    told.length = 0;
    for (let second = 0; second < 15 && (detailOf() !== '' || !isTold(symbol)); second++) await tick(stand);
    expect(['mark', 'trades', 'bars'].map((name) => rig.healthOf(name as 'mark'))).toEqual(['live', 'live', 'live']);
    expect([detailOf(), isTold(symbol), isTold(neighbour)]).toEqual(['', true, true]);
    expect([exchangeVenue.connections.length, rig.reconnects]).toEqual([connections, 0]);
    expect(rig.accepted).toEqual(Array.from({ length: missed }, () => symbol));
  });
};

const describeRefused = (stand: Stand): void => {
  it('asks again for liquidations that were refused, and has them on the same connection once the venue gives in', async ({
    skip,
  }) => {
    const { rig, venueCase } = stand;
    if (VENUE_FACTS[venueCase.id].liquidationFeed === 'none') {
      skip('the venue publishes none');
      return;
    }
    const undo = rig.exchangeVenue.setFault({ target: 'stream', kind: 'deny', match: /liquidat|forceOrder/i });
    await followUntilLive(stand);
    const isMissing = () => rig.healthOf('liquidations') === 'down' || rig.refused.length > 0;
    await rig.passUntil(isMissing);
    await tick(stand, 75);
    expect([rig.healthOf('trades'), isMissing()]).toEqual(['live', true]);
    expect(rig.accepted).toEqual([]);
    undo();
    for (
      let nth = 0;
      nth < 180 && (rig.healthOf('liquidations') !== 'live' || rig.refused.length > rig.accepted.length);
      nth++
    )
      await tick(stand);
    expect(rig.healthOf('liquidations')).toBe('live');
    expect(rig.accepted).toEqual(rig.refused.slice(0, rig.accepted.length));
    expect(rig.venue.health().streams.find(({ stream }) => stream === 'liquidations')?.detail).toBe('');
    rig.liquidations.length = 0;
    stand.exchange.clock.step(3 * DAY_MS);
    await rig.passUntil(() => rig.liquidations.length > 0);
    expect(rig.reconnects).toBe(0);
  });
};

export const describeStreams = (stand: Stand): void => {
  describe('streams', () => {
    describeEvents(stand);
    describeHealth(stand);
    describeForgotten(stand);
    describeRefused(stand);
  });
};
