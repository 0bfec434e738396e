// @vitest-environment happy-dom
import axe from 'axe-core';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { BackgroundState } from '@/components/dashboard/diagnostics/diagnostics-model';
import { DiagnosticsPage } from '@/components/dashboard/diagnostics/DiagnosticsPage';
import { lazily } from '@/components/dashboard/lazily';
import { MapPage } from '@/components/dashboard/map/MapPage';
import type { MapSource } from '@/components/dashboard/market-contracts';
import { createMarketModel } from '@/components/dashboard/market/market-model';
import { MarketPage } from '@/components/dashboard/market/MarketPage';
import { MarketStrip } from '@/components/dashboard/market/MarketStrip';
import { Tape } from '@/components/dashboard/market/Tape';
import { ScorePage } from '@/components/dashboard/score/ScorePage';
import type { PanelBody } from '@/components/panel/panel-view';
import { DAY_MS, floorToStep, HOUR_MS } from '@/lib/core/time';
import { BAR_MS, barOfTrades } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import type { LiquidationBoard } from '@/lib/market/realised';
import type { MarketReport } from '@/lib/market/report';
import type { ClientMessage, ServerMessage } from '@/lib/messaging/protocol';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { DEFAULT_BAND_SETTINGS } from '@/lib/store/settings';

import { CONTRACT, NOW_MS, sampleHealth, troubledHealth } from '../samples';
import { BOARD, EMPTY_BOARD, REPORT, sumsOf } from './board';
import { columnOf } from './columns';
import { createRoot } from './rendering';

vi.mock('wxt/browser', async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  return { browser };
});
// There is no canvas here; the picture itself is looked at in a real browser.
vi.mock('@/components/dashboard/map/MapChart', () => ({ MapChart: () => <div class="map-chart" /> }));

const OTHER: Contract = { ...CONTRACT, id: 'binance:ETHUSDT', symbol: 'ETHUSDT', baseAsset: 'ETH' };

const root = createRoot();
const { show, text, texts, click, cells } = root;
afterEach(() => vi.restoreAllMocks());

const violations = async () =>
  (await axe.run(root.element(), { rules: { 'color-contrast': { enabled: false } } })).violations.map(({ id }) => id);
const diskLog = (changes: Partial<MapSource> = {}): MapSource => ({
  ...createMemoryLog(() => {}),
  isPersistent: true,
  ...changes,
});
const refusing = (method: keyof MapSource) => ({ [method]: () => Promise.reject(new Error('disk')) });

describe('the map', () => {
  const map = (source: MapSource | null, contract: Contract | null, body: PanelBody = { kind: 'starting' }) =>
    show(
      <MapPage
        source={source}
        begun={null}
        contract={contract}
        body={body}
        settings={DEFAULT_BAND_SETTINGS}
        theme="dark"
        now={() => NOW_MS}
        onSettings={() => {}}
        onGroups={() => {}}
        onSwitchVenue={() => {}}
      />,
    );

  it('asks for a contract, then says that it reads', async () => {
    await map(diskLog(), null);
    expect(texts('[role="status"]')).toEqual(['Choose a contract to see its map.']);
    await map(null, CONTRACT);
    expect(texts('[role="status"]')).toEqual(['Reading the stored history.']);
  });

  it('says why it is empty: nothing folded yet, or no storage at all', async () => {
    await map(diskLog(), CONTRACT);
    await vi.waitFor(() => expect(text()).toContain('No past of this map is stored yet'));
    await act(() => render(null, root.element()));
    await map(diskLog({ isPersistent: false }), CONTRACT);
    await vi.waitFor(() => expect(text()).toContain('The browser gives this page no storage'));
  });

  it('is drawn once a column is stored', async () => {
    const source = createMemoryLog(() => {});
    await source.appendColumns(CONTRACT.id, [
      { timeMs: NOW_MS - DAY_MS / 4, column: columnOf(60_000, NOW_MS, { 9: 1e6 }) },
    ]);
    await map({ ...source, isPersistent: true }, CONTRACT);
    await vi.waitFor(() => expect(root.element().querySelector('.map-legend input')).not.toBeNull());
    expect(texts('.map-stage [role="status"]')).toEqual([]);
  });

  it('says how much of the past it has while that is fetched, and while its columns are made', async () => {
    await map(diskLog(), CONTRACT, { kind: 'filling', daysDone: 12.3, daysTotal: 30, leftMs: null });
    await vi.waitFor(() => expect(texts('[role="status"]')).toEqual(['Loading history 12 of 30 d']));
    expect(text()).not.toContain('still being worked out');
    await act(() => render(null, root.element()));

    const log = createMemoryLog(() => {});
    const firstMs = floorToStep(NOW_MS, DAY_MS) - 2 * DAY_MS;
    const bar = { open: 1, high: 1, low: 1, close: 1, volume: 1 };
    await log.appendBars(
      CONTRACT.id,
      Array.from({ length: (2 * DAY_MS) / BAR_MS }, (_, i) =>
        barOfTrades({ ...bar, openTimeMs: firstMs + i * BAR_MS }),
      ),
    );
    const source = { ...log, isPersistent: true };
    await map(source, CONTRACT);
    await vi.waitFor(() => expect(texts('[role="status"]')).toEqual(['Loading history 0 of 2 d']));
    expect(text()).not.toContain('still being worked out');
    await act(() => render(null, root.element()));
    const columns = Array.from({ length: 2 * 96 }, (_, i) => firstMs + (i + 1) * (DAY_MS / 96));
    const made = columns.map((timeMs) => ({ timeMs, column: columnOf(60_000, timeMs, { 9: 1e6 }) }));
    await log.appendColumns(CONTRACT.id, made.slice(0, 100));
    await map(source, CONTRACT);
    await vi.waitFor(() => expect(texts('[role="status"]')).toEqual(['Loading history 1 of 2 d']));
    await act(() => render(null, root.element()));
    await log.appendColumns(CONTRACT.id, made.slice(100));
    await map(source, CONTRACT);
    await vi.waitFor(() => expect(text()).toContain('never repainted'));
    expect(texts('[role="status"]')).toEqual([]);
  });

  it.each([
    [0.2, ['12h']],
    [2, ['12h', '24h', '3d']],
    [60, ['12h', '24h', '3d', '7d', '14d', '30d']],
  ])('offers a contract listed %d days ago the ranges of its past', async (days, ranges) => {
    await map(diskLog(), { ...CONTRACT, listedTimeMs: NOW_MS - days * DAY_MS });
    expect(texts('.map-tools .segments label')).toEqual(ranges);
    expect(root.element().querySelector<HTMLInputElement>('.map-tools input:checked')?.parentElement?.textContent).toBe(
      ranges.includes('3d') ? '3d' : ranges.at(-1),
    );
  });

  it('shows nothing of the former contract under the name of another that cannot be read', async () => {
    const log = createMemoryLog(() => {});
    await log.appendColumns(CONTRACT.id, [
      { timeMs: NOW_MS - DAY_MS / 4, column: columnOf(60_000, NOW_MS, { 9: 1e6 }) },
    ]);
    const source: MapSource = {
      ...log,
      isPersistent: true,
      readBars: (id, ...span) => (id === OTHER.id ? new Promise(() => {}) : log.readBars(id, ...span)),
    };
    await map(source, CONTRACT);
    await vi.waitFor(() => expect(root.element().querySelector('.map-legend input')).not.toBeNull());
    await map(source, OTHER);
    await vi.waitFor(() => expect(texts('[role="status"]')).toEqual(['Reading the stored history.']));
  });

  it('says that the store refuses, and reads again when asked to', async () => {
    const source = diskLog(refusing('readBars'));
    await map(source, CONTRACT);
    await vi.waitFor(() => expect(texts('[role="alert"]')).toEqual(['What is stored cannot be read. Retry now']));
    Object.assign(source, { readBars: () => Promise.resolve([]) });
    await click('Retry now');
    await vi.waitFor(() => expect(texts('[role="alert"]')).toEqual([]));
  });
});

describe('the whole market', () => {
  const sent: ClientMessage[] = [];
  const model = (...messages: readonly ServerMessage[]) => {
    let receive: (message: ServerMessage) => void = () => {};
    sent.length = 0;
    const created = createMarketModel({
      send: (message) => void sent.push(message),
      onMessage: (listener) => (receive = listener),
      onConnection: () => {},
    });
    messages.forEach(receive);
    return created;
  };
  const told = (board: LiquidationBoard, report: MarketReport) =>
    model({ type: 'liquidations', key: 'board', board }, { type: 'report', key: 'report', report });
  const props = { marketId: 'BTC', favourites: [], onChoose: () => {} };

  it.each([
    ['its page', MarketPage, ['Reading what was recorded.']],
    ['the strip below the map', MarketStrip, []],
  ])('%s says what it waits for', async (_, Part, others) => {
    await show(<Part model={model()} {...props} />);
    expect(texts('[role="status"]')).toEqual([
      'Asking the venues for all their assets.',
      'Waiting for the background.',
      ...others,
    ]);
  });

  it.each([
    ['its page', MarketPage],
    ['the strip below the map', MarketStrip],
  ])('%s says that nothing was liquidated, and which venue keeps its assets back', async (_, Part) => {
    const silent = {
      ...REPORT,
      rows: [],
      venues: [{ venueId: 'okx', ageMs: null, problem: 'blocked|venue=OKX' }],
    } as const;
    await show(<Part model={told(EMPTY_BOARD, silent)} {...props} />);
    expect(text()).toContain('Nothing has been recorded yet.');
    expect(texts('[role="status"]')).toContain('OKX refuses requests from your location.');
    expect(text()).not.toContain('No asset matches.');
    expect(text()).not.toContain('Asking the venues');
    expect(texts('.totals .long, .totals .short')).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  it.each([
    ['its page', MarketPage],
    ['the strip below the map', MarketStrip],
  ])('%s says why nothing of an asset is at risk, and has it estimated when asked to', async (_, Part) => {
    const other = { ...REPORT.rows[0], marketId: 'ETH', baseAsset: 'ETH', contractId: OTHER.id };
    await show(<Part model={told(BOARD, { ...REPORT, rows: [...REPORT.rows, other] })} {...props} />);
    // The market on display has its map without being asked for.
    const buttons = () => [...root.element().querySelectorAll<HTMLButtonElement>('.report td button')];
    expect(buttons().map(({ title }) => title)).toEqual(['Levels are estimated for favourites. Estimate ETH too']);
    await act(() => buttons()[0].click());
    expect(sent).toContainEqual(expect.objectContaining({ contractId: OTHER.id, detail: 'quiet' }));
    expect(buttons()).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  it('claims no whole day where a few minutes of it were not recorded', async () => {
    const venues = BOARD.venues.map((venue) => ({ ...venue, recordedShares: venue.recordedShares.map(() => 0.997) }));
    await show(<MarketPage model={told({ ...BOARD, venues }, REPORT)} {...props} />);
    expect(text()).toContain('99% recorded');
    expect(text()).not.toContain('100% recorded');
  });

  it.each([
    ['its page', MarketPage],
    ['the strip below the map', MarketStrip],
  ])('%s says that it still reads what was stored, and takes it for no zero', async (_, Part) => {
    const row = { ...REPORT.rows[0], liquidated: sumsOf(0, 0) };
    await show(<Part model={told({ ...EMPTY_BOARD, isWhole: false }, { ...REPORT, rows: [row] })} {...props} />);
    expect(text()).toContain('Reading what was recorded.');
    expect(text()).not.toContain('Nothing was recorded yet.');
    expect(text()).not.toContain('$0');
  });

  it('calls nothing a zero in which nobody listened', async () => {
    const sums = sumsOf(0, 0).map((each, i) => (i > 2 ? { ...each, longUsd: 5e6 } : each));
    const recordedShares = [0, 0.5, 0, 0, 0.25, 0.1];
    const venues = [
      { ...BOARD.venues[0], sums, recordedShares },
      { ...BOARD.venues[0], venueId: 'okx' as const, sums: sumsOf(0, 0), recordedShares: recordedShares.map(() => 0) },
      { venueId: 'hyperliquid' as const, feed: 'none' as const, sums: [], recordedShares: recordedShares.map(() => 0) },
    ];
    await show(<MarketPage model={told({ ...BOARD, total: sums, venues }, REPORT)} {...props} />);
    const [total, byVenue] = [...root.element().querySelectorAll('.totals .section')].map((section) =>
      [...section.querySelectorAll('tbody tr')].map((row) =>
        [...row.children].map(({ textContent }) => textContent).filter(Boolean),
      ),
    );
    expect(total).toEqual([
      ['5m 0% recorded', 'no data', 'no data'],
      ['1h 25% recorded', '$0', '$0'],
      ['4h 0% recorded', 'no data', 'no data'],
      ['12h 0% recorded', '$5.00M', '$0'],
      ['24h 12% recorded', '$5.00M', '$0'],
      ['7d 5% recorded', '$5.00M', '$0'],
    ]);
    expect(byVenue).toEqual([
      ['Binance sampled feed, 25% recorded', '$5.00M', '$0'],
      ['OKX sampled feed, 0% recorded', 'no data', 'no data'],
    ]);
  });

  it('shows sums with every figure of its pictures in a table', async () => {
    await show(<MarketStrip model={told(BOARD, REPORT)} {...props} />);
    expect(texts('.treemap li > :nth-child(-n + 2)')).toEqual([
      'BTC$80.0M',
      'BTC: longs $30.0M, shorts $50.0M',
      'ETH$20.2M',
      'ETH: longs $11.8M, shorts $8.40M',
    ]);
    const hours = cells('.bars table').filter(([, sums]) => sums !== 'no data');
    expect(hours).toEqual([
      ['Sep 13, 2024, 10:00', 'longs $3.00M, shorts $1.00M'],
      ['Sep 13, 2024, 12:00', 'longs $0, shorts $2.00M'],
    ]);
  });

  it('the tape says whether it still reads or there was nothing, else lists single ones', async () => {
    await show(<Tape model={model()} />);
    expect(text()).toContain('Reading what was recorded.');
    await show(<Tape model={told(EMPTY_BOARD, REPORT)} />);
    expect(text()).toContain('Nothing of $10K or more was recorded lately.');
    await show(<Tape model={told(BOARD, REPORT)} />);
    expect(cells('.tape tbody')).toEqual([['11:59:56', 'LLongs', 'BTC', '60,100.5', '$1.20M', 'Binance COIN-M']]);
  });
});

describe('the score', () => {
  const page = (source: MapSource | null, contract: Contract | null = CONTRACT) =>
    show(<ScorePage source={source} contract={contract} expected={null} nowMs={NOW_MS} observed={[]} />);

  it('asks for a contract, says that it reads, and that nothing is scored yet', async () => {
    await page(null, null);
    expect(text()).toBe('Choose a contract to see its map.');
    await page(null);
    expect(text()).toBe('Reading what was scored.');
    await page(diskLog());
    await vi.waitFor(() => expect(text()).toContain('Nothing is scored yet.'));
  });

  it('says that the store refuses, and reads again when asked to', async () => {
    const source = diskLog(refusing('readBarScores'));
    await page(source);
    await vi.waitFor(() => expect(text()).toBe('What is stored cannot be read. Retry now'));
    Object.assign(source, { readBarScores: () => Promise.resolve([]) });
    await click('Retry now');
    await vi.waitFor(() => expect(text()).toContain('Nothing is scored yet.'));
  });

  it('shows no scores of the former contract under the name of another', async () => {
    const log = createMemoryLog(() => {});
    await log.appendBarScores(CONTRACT.id, [
      {
        openTimeMs: NOW_MS - BAR_MS,
        atRisk: { long: 1e7, short: 1e7 },
        expected: { long: 1e5, short: 1e5 },
        observed: { long: 1e5, short: 1e5 },
        move: { long: 0.001, short: 0.001 },
      },
    ]);
    const source = diskLog({
      ...log,
      readBarScores: (id, ...span) => (id === OTHER.id ? new Promise(() => {}) : log.readBarScores(id, ...span)),
    });
    await page(source);
    await vi.waitFor(() => expect(text()).toContain(CONTRACT.symbol));
    await page(source, OTHER);
    expect(text()).toBe('Reading what was scored.');
  });

  it('says in one sentence what the places come to, and what chance would', async () => {
    const log = createMemoryLog(() => {});
    await log.appendBarScores(CONTRACT.id, [
      {
        openTimeMs: NOW_MS - DAY_MS,
        atRisk: { long: 1e7, short: 1e7 },
        expected: { long: 1e5, short: 1e5 },
        observed: { long: 1e5, short: 1e5 },
        move: { long: 0.001, short: 0.001 },
      },
    ]);
    const ofDay = (day: number) => ({
      startMs: floorToStep(NOW_MS - day * DAY_MS, HOUR_MS),
      eventCount: 40,
      usd: 1e6,
      bits: 20,
      dayOldEventCount: 40,
      dayOldBits: 10,
      topTenthUsd: 3e5,
      topTenthUsdByChance: 1.25e5,
    });
    const verdict = '30% of the liquidated USD fell into the map’s fullest tenth: 2.4 times what chance';
    await log.appendLocationScores(CONTRACT.id, [ofDay(1)]);
    await page({ ...log, isPersistent: true });
    await vi.waitFor(() => expect(text()).toContain('In the fullest tenth'));
    // Of a day alone nobody knows what chance made of it.
    expect(text()).not.toContain(verdict);

    await log.appendLocationScores(CONTRACT.id, [9, 8, 7, 6, 5, 4, 3, 2].map(ofDay));
    await page({ ...log, isPersistent: true });
    await vi.waitFor(() => expect(text()).toContain(verdict));
  });

  it('tells days, tenths and lift as they follow from what was scored', async () => {
    const log = createMemoryLog(() => {});
    // Ten bars a day over two days; what is expected of the last of each day is what comes.
    const bars = [0, 1].flatMap((day) =>
      Array.from({ length: 10 }, (_, i) => ({
        openTimeMs: NOW_MS - (1 - day) * DAY_MS - (10 - i) * BAR_MS,
        atRisk: { long: 1e7, short: 1e7 },
        expected: { long: 1e5 * (i + 1), short: 1e5 * (i + 1) },
        observed: { long: i === 9 ? 4e6 : 1e5, short: i === 9 ? 4e6 : 1e5 },
        move: { long: 0.001 * (10 - i), short: 0.001 * (10 - i) },
      })),
    );
    await log.appendBarScores(CONTRACT.id, bars);
    await page({ ...log, isPersistent: true });
    await vi.waitFor(() => expect(root.element().querySelector('.reliability')).not.toBeNull());
    const [days, tenths, lift] = [...root.element().querySelectorAll('.scores')].map((table) =>
      [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map(({ textContent }) => textContent)),
    );
    expect(days.map(([name, , events, ...rest]) => [name, events, ...rest.slice(-2)])).toEqual([
      ['All', '0', '$22.0M', '$19.6M'],
      ['Sep 13', '0', '$11.0M', '$9.80M'],
      ['Sep 12', '0', '$11.0M', '$9.80M'],
    ]);
    // Bars of one tenth are those that are alike on both days.
    expect(tenths.map((row) => row.slice(0, 4))).toEqual(
      Array.from({ length: 10 }, (_, i) => [
        String(i + 1),
        '2',
        i === 4 ? '$2.00M' : `$${((i + 1) * 0.4).toFixed(2)}M`.replace('$0.40M', '$400K').replace('$0.80M', '$800K'),
        i === 9 ? '$16.0M' : '$400K',
      ]),
    );
    // 16.0 of 19.6 came in the tenth of the bars of which most was expected; price moved least in them.
    expect(lift.find(([share]) => share === '10%')).toEqual(['10%', '82%', '2.0%']);
    expect(await violations()).toEqual([]);
  });
});

describe('diagnostics', () => {
  const model = (state: BackgroundState) => ({ state: () => state, subscribe: () => () => {}, watch: () => () => {} });
  let told: BackgroundState = null;
  const page = (source: MapSource | null, venues = [sampleHealth()], problem: string | null = null) =>
    show(
      <DiagnosticsPage
        model={model(told)}
        source={source}
        contract={CONTRACT}
        venues={venues}
        storageProblem={problem}
        nowMs={NOW_MS}
      />,
    );
  beforeEach(() => {
    told = null;
  });

  it('say what is not known yet, and that nothing was logged', async () => {
    await page(null);
    expect(texts('.section-wide [role="status"]')).toEqual(['Waiting for the background.', 'No chart is open.']);
    await act(() => render(null, root.element()));
    told = { limits: [], log: [] };
    await page(null);
    expect(text()).toContain('Nothing has happened yet.');
  });

  it('tell what is used of every limit, who waits until when, and the log', async () => {
    const weight = { name: 'weight', used: 640, capacity: 1_440, windowMs: 60_000, waiting: 0, roomAtMs: null };
    const data = {
      name: 'data',
      used: 2,
      capacity: 2,
      windowMs: 2_000,
      waiting: 3,
      roomAtMs: NOW_MS + 1_500,
      told: null,
    };
    told = {
      limits: [
        { venueId: 'binance', waitUntilMs: null, limits: [{ ...weight, told: { used: 901, atMs: NOW_MS - 9_000 } }] },
        { venueId: 'okx', waitUntilMs: NOW_MS + 60_000, limits: [data] },
      ],
      log: [
        { timeMs: NOW_MS - 1_000, text: 'older' },
        { timeMs: NOW_MS, text: 'newer' },
      ],
    };
    await page(diskLog());
    expect(cells('.limits tbody')).toEqual([
      ['Binance weight', '640 of 1,440 in 1m', '901 · 9.0s', '–'],
      ['OKX data', '2 of 2 in 2s', '–', '3 Trying again in 1m 0s.'],
    ]);
    expect(texts('.log li').map((line) => line.split(' ').at(-1))).toEqual(['newer', 'older']);
    expect(await violations()).toEqual([]);
  });

  it('say what to do while nothing is followed, and why nothing is stored', async () => {
    await page(null, [], 'storeFull');
    expect(text()).toContain('Nothing is followed yet. Choose a contract or open a chart.');
    expect(text()).toContain('The disk or the space that the browser allows is full.');
  });

  it('tell a blocked venue in words', async () => {
    await page(diskLog(), [troubledHealth('blocked', 'blocked|venue=Binance')]);
    expect(texts('.diagnostics .venue')).toEqual(['Binance']);
    expect(cells('.diagnostics tbody').slice(0, 2)).toEqual([
      ['Trades', 'blocked', '1m 0s', '–', '0'],
      ['Binance refuses requests from your location.'],
    ]);
    expect(await violations()).toEqual([]);
  });

  it('say that the store refuses, and read again when asked to', async () => {
    const source = diskLog(refusing('countColumns'));
    await page(source);
    await vi.waitFor(() => expect(texts('[role="alert"]')).toEqual(['What is stored cannot be read. Retry now']));
    Object.assign(source, { countColumns: () => Promise.resolve(7) });
    await click('Retry now');
    await vi.waitFor(() => expect(text()).toContain('7 columns of the map'));
  });
});

it('a page whose script is gone says that Liqband was updated, and loads anew', async () => {
  const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
  const Gone = lazily(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')));
  await show(<Gone />);
  await vi.waitFor(() => expect(text()).toContain('Liqband was updated'));
  await click('Reload');
  expect(reload).toHaveBeenCalledOnce();
});
