// @vitest-environment happy-dom
import axe from 'axe-core';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { createMarketModel } from '@/components/dashboard/market/market-model';
import { createPanelModel } from '@/components/panel/panel-model';
import { cursorAfterKey } from '@/components/ProfileChart';
import { App } from '@/entrypoints/popup/App';
import type { OtherSite } from '@/entrypoints/popup/other-site';
import type { FeedClient } from '@/lib/messaging/feed-client';
import type { ClientMessage, ServerMessage } from '@/lib/messaging/protocol';
import { type BandSettings, DEFAULT_BAND_SETTINGS } from '@/lib/store/settings';

import { REPORT } from './dashboard/board';
import { CONTRACT, NOW_MS, sampleHealth, sampleProfile, SUMMARY, troubledHealth, windowOf } from './samples';

vi.mock('wxt/browser', async () => {
  const { fakeBrowser: browser } = await import('wxt/testing/fake-browser');
  return { browser };
});
// There is no canvas here; the plot itself is looked at in a real browser.
vi.mock('@/components/profile-plot', () => ({
  createProfilePlot: () => ({ update: () => {}, moveCursor: () => {}, destroy: () => {} }),
}));

const key = 'popup-1';
const resolved: ServerMessage = {
  type: 'resolved',
  key,
  resolution: { ok: true, contract: CONTRACT, proxyFor: null, priceFactor: 1 },
};
const choice = 'tradingview NASDAQ:AAPL';
const unmapped = { ok: false, reason: 'unmapped-symbol', detail: 'No pair.', choice } as const;
const figures: readonly ServerMessage[] = [
  resolved,
  { type: 'health', key, health: [sampleHealth()], coverage: null, ageMs: 400 },
  { type: 'profile', key, profile: sampleProfile() },
  { type: 'summary', key, summary: SUMMARY },
];

let root: HTMLElement;
beforeEach(() => {
  document.documentElement.lang = 'en';
  document.title = 'Liqband';
  root = document.body.appendChild(document.createElement('div'));
  site = null;
});
afterEach(() => {
  render(null, root);
  root.remove();
});

/** A site that the popup is opened on, where it is none that Liqband knows. */
let site: OtherSite | null;

/** The popup after these messages, with all that it sends and asks for. */
async function open(...messages: readonly ServerMessage[]) {
  const sent: ClientMessage[] = [];
  const changes: Partial<BandSettings>[] = [];
  const chosen: (readonly [string, string | null])[] = [];
  const switched: (readonly [string, boolean])[] = [];
  const listeners: ((message: ServerMessage) => void)[] = [];
  let accessAsked = 0;
  const feed: FeedClient = {
    send: (message) => void sent.push(message),
    onMessage: (listener) => void listeners.push(listener),
    onConnection: () => {},
  };
  const model = createPanelModel(feed, () => NOW_MS);
  const market = createMarketModel(feed);
  const tell = (...told: readonly ServerMessage[]) =>
    act(() => told.forEach((message) => listeners.forEach((listener) => listener(message))));
  await act(() => {
    render(
      <App
        model={model}
        market={market}
        settings={DEFAULT_BAND_SETTINGS}
        onSettings={(change) => changes.push(change)}
        site={site}
        onChoose={(contract, choice) => chosen.push([contract.id, choice])}
        onForgetChoice={(choice) => chosen.push(['', choice])}
        onSite={(asked) => chosen.push([asked.host, null])}
        onAllowAccess={() => accessAsked++}
        onSwitchVenue={(venueId, isOn) => switched.push([venueId, isOn])}
      />,
      root,
    );
    model.watchTab(1);
  });
  await tell(...messages);
  return { sent, changes, chosen, switched, tell, model, accessAsked: () => accessAsked };
}

const element = (selector: string): HTMLElement => {
  const found = root.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`no ${selector}`);
  return found;
};
const input = (selector: string): HTMLInputElement => {
  const found = element(selector);
  if (found instanceof HTMLInputElement) return found;
  throw new Error(`${selector} is no input`);
};
const button = (text: string): HTMLElement => {
  const found = [...root.querySelectorAll('button')].find((candidate) => candidate.textContent === text);
  if (found === undefined) throw new Error(`no button ${text}`);
  return found;
};
const type = (field: HTMLInputElement, value: string) =>
  act(() => {
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
const press = (target: Element, key: string) =>
  act(() => void target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));

describe('figures', () => {
  it('states price, crowding and what is at risk as the design writes them', async () => {
    await open(...figures);
    const text = root.textContent;
    for (const figure of ['60,249.8', '+1.24%', '$5.02B', '\u22121.8%', '0.0051% / 8h', 'in 3h 12m', '1.42', '$686M']) {
      expect(text).toContain(figure);
    }
    expect(element('.side-card[data-side="long"]').textContent).toBe(
      'Longs at riskto \u221210%$686M$343M \u2013 $1.1B, fair' +
        'Nearest cluster\u22122.2%58,906$21.9M$11M \u2013 $35M, fair' +
        'Largest cluster\u22129.6%54,486$40.8M$20M \u2013 $65M, fair',
    );
    expect(element('.price-line .source').textContent).toBe('Mark price · 0.4s');
  });

  it('gives every figure at risk its interval', async () => {
    await open(...figures);
    const notes = (of: string) => [...root.querySelectorAll(`${of} .range-note`)].map(({ textContent }) => textContent);
    expect(notes('.ladder')).toHaveLength(8);
    expect(notes('.ladder')[0]).toBe('$875K \u2013 $2.8M, fair');
    expect(notes('.side-card')).toHaveLength(6);
    expect(notes('.side-card')[1]).toBe('$11M \u2013 $35M, fair');
    expect(element('.ladder .range-note i').dataset['ticks']).toBe('2');
    const whisker = element('.ladder .short-cell .track i');
    // Of the highest end of all, $1.15B.
    expect([whisker.style.getPropertyValue('--low'), whisker.style.width].map(Number.parseFloat)).toEqual([
      expect.closeTo((50 * 13.5) / 721 / 1.6, 3),
      expect.closeTo((110 * 13.5) / 721 / 1.6, 3),
    ]);
  });

  it('says what was learned, from how many liquidations, and how true the map was', async () => {
    await open(...figures);
    const text = element('.drawer').textContent;
    expect(text).toContain('from 4,120 liquidations to Sep 13, 2024, corrected for sampling');
    expect(text).toContain('12.4 days, 1,930 liquidations; rank correlation 0.77 (move alone 0.64)');
    expect(text).toContain('bits each 0.31 (day-old map \u22120.12)');
    expect(text).toContain('top tenth of crossed levels 18%');
    expect(text).toContain('expected $96.0M, seen $84.0M');
  });

  it('says that events are too few, and what nothing was recorded for', async () => {
    const learning = {
      ...SUMMARY.learning,
      source: 'prior' as const,
      learnedThroughMs: null,
      eventCount: 57,
      month: null,
      lastDay: null,
    };
    await open(resolved, { type: 'summary', key, summary: { ...SUMMARY, learning } });
    const text = element('.drawer').textContent;
    expect(text).toContain('assumed, too few liquidations so far (57 of 300)');
    expect(text).toContain('Nothing was recorded to score the map by');
  });

  it('forgets what was learned when asked to', async () => {
    const { sent } = await open(...figures);
    await act(() => button('Forget').click());
    expect(sent.at(-1)).toEqual({ type: 'reset-learning', contractId: CONTRACT.id });
  });

  it('says "no data" or draws a dash for what was not observed, and $0 for a measured zero', async () => {
    const liquidated = [windowOf(3_600_000, 0, 0, 1), windowOf(4 * 3_600_000, 0, 0, 0)];
    const bare = {
      ...SUMMARY,
      longShortRatio: null,
      fundingRate: null,
      change24h: null,
      nearestLong: null,
      liquidated,
    };
    await open(resolved, { type: 'summary', key, summary: bare });
    expect(element('.facts').textContent).toMatch(/Funding, in 3h 12mno data.*Long \/ shortno data/);
    expect(element('.price-line').textContent).not.toContain('24h');
    expect(element('.side-card[data-side="long"] dd').textContent).toBe('\u2013');
    const [recorded, missing] = root.querySelectorAll('.windows label');
    expect(recorded.textContent).toBe('1h$0LLongs$0SShorts$0all recorded');
    expect(missing.textContent).toBe('4hno dataLLongsno dataSShortsno datanot recorded');
  });

  it('never rounds an incomplete record up to a complete one', async () => {
    const liquidated = [0.999, 0.004].map((share, i) => windowOf((i + 1) * 3_600_000, 1, 1, share));
    await open(resolved, { type: 'summary', key, summary: { ...SUMMARY, liquidated } });
    const captions = [...root.querySelectorAll('.windows .caption')].map(({ textContent }) => textContent);
    expect(captions).toEqual(['99% recorded', '<1% recorded']);
  });

  it('tells what was liquidated by venue, of the window that is chosen, and what is missing of each', async () => {
    const venues = [
      { venueId: 'hyperliquid', longUsd: 0, shortUsd: 0, correctedUsd: 0, recordedShare: 0 },
      { venueId: 'bybit', longUsd: 100e3, shortUsd: 0, correctedUsd: 100e3, recordedShare: 1 },
      { venueId: 'binance', longUsd: 400e3, shortUsd: 200e3, correctedUsd: 960e3, recordedShare: 0.5 },
    ] as const;
    const liquidated = [{ ...windowOf(3_600_000, 500e3, 200e3, 0.7), venues }, SUMMARY.liquidated[2]];
    await open(resolved, { type: 'summary', key, summary: { ...SUMMARY, liquidated } });
    const rows = () => [...root.querySelectorAll('.liquidated-venues tbody tr')].map(({ textContent }) => textContent);
    expect(rows()).toEqual(['Binance$41.8M$58.4M37% recorded, corrected \u00d71.60']);
    await act(() => element('.windows input').click());
    expect(rows()).toEqual([
      'Binance$400K$200K50% recorded, corrected \u00d71.60',
      'Bybit$100K$0all recorded',
      'Hyperliquidno datano datano feed',
    ]);
    const parts = [...root.querySelectorAll<HTMLElement>('.liquidated-venues td i')].map(({ style }) =>
      style.getPropertyValue('--part'),
    );
    expect(parts).toEqual(['100%', '50%', '25%', '0%', '0%', '0%']);
  });

  it('opens a drawer that tells how the open interest is known, what is made up for and which mix is in use', async () => {
    await open(...figures, { type: 'summary', key, summary: { ...SUMMARY, observedShare: 0.05 } });
    const rows = [...root.querySelectorAll('.sources tr')].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    );
    expect(rows.map(([name, share]) => `${name} ${share}`)).toEqual([
      'Observed 5.0%',
      'Inferred 17.9%',
      'Assumed 69.7%',
      'Not located 7.4%',
      'Corrected 38%',
      'Coverage 100%',
    ]);
    expect(rows[2][3]).toBe('Sep 13, 2024');
    expect(rows[5].slice(2)).toEqual(['Binance', '0.4s']);
    expect(element('.leverage-mix').textContent).toBe(
      'not liquidated 38%3x 14%5x 17%10x 14%20x 6.0%25x 3.0%50x 5.0%100x 3.0%',
    );
  });

  it('ladder bars grow from one common maximum, and an empty one is not drawn', async () => {
    const range = { lowUsd: 0, highUsd: 0, confidence: 'fair' as const };
    const atRisk = [
      { ...SUMMARY.atRisk[0], longUsd: 0, shortUsd: 20e6 },
      {
        ...SUMMARY.atRisk[3],
        longUsd: 40e6,
        shortUsd: 80e6,
        shortRange: { ...range, highUsd: 100e6 },
        longRange: range,
      },
    ].map((step) => ({ ...step, longRange: range }));
    await open(resolved, { type: 'summary', key, summary: { ...SUMMARY, atRisk } });
    const widths = [...root.querySelectorAll<HTMLElement>('.ladder .bar')].map(({ style }) => style.width);
    expect(widths).toEqual(['20%', '40%', '80%']);
    expect(element('.ladder tbody td').textContent).toMatch(/^\$0/);
  });

  it('names the proxy in words in the header and above the price', async () => {
    await open(
      {
        ...resolved,
        resolution: {
          ok: true,
          contract: CONTRACT,
          proxyFor: 'BYBIT:BTCUSDT.P',
          proxyKind: 'contract',
          priceFactor: 1,
        },
      },
      ...figures.slice(1),
    );
    expect(element('.contract-button').textContent).toBe('BTCUSDT Binance perp, as proxy');
    expect(element('.proxy-note').textContent).toBe('Stands in for BYBIT:BTCUSDT.P, which the chart shows.');
  });

  it('describes the profile in words, within reach of the keyboard', async () => {
    await open(...figures);
    const plot = element('[role="slider"]');
    expect(plot.getAttribute('aria-label')).toMatch(
      /^Profile within 10%: \$\d.* of longs below the price, densest at /,
    );
    expect(plot.getAttribute('aria-valuetext')).toBe('60,249.8');
    expect(plot.tabIndex).toBe(0);
  });

  it('says why no levels are drawn when there are none within reach', async () => {
    const profile = { ...sampleProfile(), long: new Float32Array(0), short: new Float32Array(0) };
    await open(...figures, { type: 'profile', key, profile });
    expect(element('.profile-empty').textContent).toBe('Nothing within 10% of the price');
  });
});

it.each([
  ['ArrowLeft', 0.5, 0.498],
  ['PageUp', 0.95, 1],
  ['Home', 0.5, 0],
  ['Escape', 0.5, null],
  ['Tab', 0.5, undefined],
])('%s moves the profile\u2019s cursor from %d to %s', (key, at, expected) => {
  expect(cursorAfterKey(key, at)).toBe(expected);
});

describe('health', () => {
  it('shows each stream by word and shape, its broken frames and its age', async () => {
    const health = sampleHealth({
      trades: { brokenCount: 3 },
      openInterest: { state: 'down', detail: 'Another shape' },
    });
    await open(...figures, { type: 'health', key, health: [health], coverage: null, ageMs: 400 });
    const rows = [...root.querySelectorAll('.streams tbody tr')].map(({ textContent }) => textContent);
    expect(rows[0]).toBe('Tradeslive30.2s');
    expect(rows[3]).toBe('Open interestdown038s');
    expect(element('.streams [data-tone="bad"]')).toBeDefined();
    expect(element('.stream-notes').textContent).toBe('Open interest: Another shape. Liqband keeps trying by itself.');
  });

  it('tries again on request', async () => {
    const { sent } = await open(resolved, {
      type: 'health',
      key,
      health: [troubledHealth('blocked', '')],
      coverage: null,
      ageMs: null,
    });
    button('Retry now').click();
    expect(sent.at(-1)).toEqual({ type: 'retry' });
  });

  it('asks for access in the click itself', async () => {
    const popup = await open(resolved, {
      type: 'health',
      key,
      health: [troubledHealth('withheld', '')],
      coverage: null,
      ageMs: null,
    });
    button('Allow access').click();
    expect(popup.accessAsked()).toBe(1);
  });
});

describe('venues', () => {
  const [binance] = SUMMARY.members;
  const members = [
    binance,
    { ...binance, venueId: 'bybit', state: 'blocked', openInterestUsd: 2.5e9, countedOpenInterestUsd: 0 },
    { ...binance, venueId: 'gate', state: 'off', openInterestUsd: null, countedOpenInterestUsd: 0 },
  ] as const;

  it('are listed with their state and share where there are several, and what is missing is said', async () => {
    await open(...figures, { type: 'summary', key, summary: { ...SUMMARY, members } });
    const rows = [...root.querySelectorAll('.venues li')].map(({ textContent }) => textContent);
    expect(rows).toEqual(['Binancelive67%', 'Bybitblocked33%', 'Gateoff\u2013']);
    expect(element('[aria-label="Venues"] .quiet').textContent).toBe('1 of 2 venues, 66% of open interest');
  });

  it('are not called live while the venue tells no prices', async () => {
    const health = [sampleHealth({ mark: { state: 'down', detail: 'lost|venue=Binance' } })];
    await open(
      ...figures,
      { type: 'summary', key, summary: { ...SUMMARY, members } },
      { type: 'health', key, health, coverage: null, ageMs: 30_000 },
    );
    expect(element('.venues li').textContent).toBe('Binancedown67%');
  });

  it('say whose open interest is held, and how they are added up', async () => {
    const held = [binance, { ...binance, venueId: 'okx', openInterestSinceMs: NOW_MS }] as const;
    await open(...figures, { type: 'summary', key, summary: { ...SUMMARY, members: held } });
    expect(element('.provenance').textContent).toMatch(/HeldOpen interest of OKX is known for the last days/);
    expect(element('.provenance').textContent).toContain('Bars of OKX that were days old');
    expect(element('.provenance').textContent).toContain('as one dollar');
    await open(...figures);
    expect(root.querySelector('.provenance')?.textContent).not.toContain('Held');
  });

  it('are switched, but never the last one off', async () => {
    const { switched, tell } = await open(...figures, { type: 'summary', key, summary: { ...SUMMARY, members } });
    element('[aria-label="Count Bybit"]').click();
    element('[aria-label="Count Gate"]').click();
    await tell({ type: 'summary', key, summary: { ...SUMMARY, members: [binance, members[2]] } });
    element('[aria-label="Count Binance"]').click();
    expect(switched).toEqual([
      ['bybit', false],
      ['gate', true],
    ]);
  });
});

describe('settings', () => {
  it('switches the band, and changes look and size', async () => {
    const { changes } = await open(...figures);
    element('[role="switch"]').click();
    element('.swatches label:nth-child(2) input').click();
    await type(input('input[aria-label="Width"]'), '100');
    await type(input('input[aria-label="Opacity"]'), '0.8');
    expect(changes).toEqual([{ isOn: false }, { palette: 'colour-blind' }, { width: 100 }, { opacity: 0.8 }]);
  });

  it('the legend writes both ends, and keeps them apart', async () => {
    const { changes } = await open(...figures);
    await type(input('input[aria-label="Colour begins at"]'), '400');
    const [{ thresholdUsd, fullUsd }] = changes;
    expect(thresholdUsd).toBeGreaterThan(0);
    expect(thresholdUsd).toBeLessThan(fullUsd ?? 0);
  });
});

describe('choosing a contract', () => {
  const contracts = ['BTCUSDT', 'ETHUSDT', 'ETHFIUSDT'].map((symbol) => ({
    ...CONTRACT,
    id: `binance:${symbol}` as const,
    symbol,
    baseAsset: symbol.replace('USDT', ''),
  }));

  it('searches, moves by arrow keys and takes by Enter', async () => {
    const { sent, chosen, tell } = await open({
      type: 'resolved',
      key,
      resolution: { ok: false, reason: 'no-chart', detail: '' },
    });
    await act(() => button('Choose a contract').click());
    expect(sent.at(-1)).toEqual({ type: 'list-contracts' });
    expect(element('.chooser p').textContent).toBe('Loading the list of contracts.');
    await tell({ type: 'contracts', contracts });
    const field = input('.chooser input');
    await type(field, 'eth');
    await press(field, 'ArrowDown');
    expect(element('[aria-selected="true"]').textContent).toContain('ETHFIUSDT');
    await press(field, 'Enter');
    expect(chosen).toEqual([['binance:ETHFIUSDT', null]]);
    expect(root.querySelector('.chooser')).toBeNull();
  });

  it('remembers the contract for a symbol that no rule maps, and forgets it', async () => {
    const { chosen, tell } = await open({ type: 'resolved', key, resolution: unmapped });
    await act(() => button('Choose a contract').click());
    await tell({ type: 'contracts', contracts });
    await type(input('.chooser input'), 'ethfi');
    await press(input('.chooser input'), 'Enter');
    expect(chosen).toEqual([['binance:ETHFIUSDT', choice]]);
    const [contract] = contracts;
    await tell({
      type: 'resolved',
      key,
      resolution: { ok: true, contract, proxyFor: 'NASDAQ:AAPL', proxyKind: 'chosen', priceFactor: 1, choice },
    });
    await act(() => button('Forget').click());
    expect(chosen.at(-1)).toEqual(['', choice]);
  });

  it('says when nothing matches, and closes by Escape', async () => {
    const { tell } = await open(...figures);
    element('.contract-button').focus();
    await act(() => element('.contract-button').click());
    await tell({ type: 'contracts', contracts });
    const field = input('.chooser input');
    expect(document.activeElement).toBe(field);
    await type(field, 'xyz');
    expect(element('.chooser p').textContent).toBe('No contract matches “xyz”.');
    await press(field, 'Escape');
    expect(root.querySelector('.chooser')).toBeNull();
    expect(document.activeElement).toBe(element('.contract-button'));
    expect(root.textContent).toContain('60,249.8');
  });
});

describe('favourites and keys', () => {
  const ids = ['binance:ETHUSDT', 'bybit:BTCUSDT', 'okx:SOL-USDT-SWAP', 'gate:A_USDT', 'gate:B_USDT', 'gate:C_USDT'];
  const typed = (key: string, from: Element = document.body, more: KeyboardEventInit = {}) =>
    act(() => void from.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more })));
  beforeEach(() => fakeBrowser.storage.local.set({ favourites: ids }));
  afterEach(() => fakeBrowser.storage.local.clear());

  it('the first five are a click or a digit away, and only looked at', async () => {
    const { chosen } = await open({ type: 'resolved', key, resolution: unmapped });
    await vi.waitFor(() => expect(root.querySelectorAll('.favourite-chips button')).toHaveLength(5));
    await act(() => button('BTCUSDT').click());
    await typed('3');
    await typed('6');
    expect(chosen).toEqual([
      ['bybit:BTCUSDT', null],
      ['okx:SOL-USDT-SWAP', null],
    ]);
    expect(element('.key-hints').textContent).toBe('1–5 FavouritesB BandS StyleP PaletteD Dashboard');
  });

  it('tell what their prices did in a day, which no venue is asked for before the figures are there', async () => {
    const { sent, tell } = await open({ type: 'resolved', key, resolution: unmapped });
    await vi.waitFor(() => expect(root.querySelectorAll('.favourite-chips button')).toHaveLength(5));
    const asked = () => sent.filter(({ type }) => type === 'watch-report');
    expect(asked()).toEqual([]);
    await tell(...figures);
    expect(asked()).toHaveLength(1);
    const row = { ...REPORT.rows[0], contractId: 'binance:BTCUSDT', changes24h: { 'bybit:BTCUSDT': -0.0312 } } as const;
    await tell({ type: 'report', key: 'report', report: { ...REPORT, rows: [row] } });
    expect(button('BTCUSDT \u22123.1%')).toBeDefined();
    expect(button('ETHUSDT')).toBeDefined();
  });

  it('switch band, style and palette, whatever script the keyboard writes', async () => {
    const { changes } = await open(...figures);
    await typed('b');
    await typed('S');
    await typed('\u0437', document.body, { code: 'KeyP' });
    expect(changes).toMatchObject([{ isOn: false }, { style: 'bars' }, { palette: 'colour-blind' }]);
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    await typed('d');
    expect(opened).toHaveBeenCalledWith('/dashboard.html#map');
    opened.mockRestore();
  });

  it('mean nothing while one types, holds them, or asks the browser for something', async () => {
    const { changes, chosen } = await open(...figures);
    await act(() => element('.contract-button').click());
    await typed('b', element('.chooser input'));
    await typed('1', element('.chooser input'));
    await typed('b', document.body, { ctrlKey: true });
    await typed('b', document.body, { altKey: true });
    await typed('b', document.body, { repeat: true });
    expect([...changes, ...chosen]).toEqual([]);
  });
});

describe('without figures', () => {
  it.each([
    ['no chart', { type: 'resolved', key, resolution: { ok: false, reason: 'no-chart', detail: '' } }],
    ['history being loaded', { type: 'progress', key, daysDone: 3, daysTotal: 30 }],
    ['a blocked venue', { type: 'health', key, health: [troubledHealth('blocked', '')], coverage: null, ageMs: null }],
  ] as const)('the way to the options stays: %s', async (_, message) => {
    await open(resolved, message);
    expect(element('.header-link[href="/dashboard.html#options"]')).toBeDefined();
    expect(element('.header-link[href="/dashboard.html"]')).toBeDefined();
  });

  it('the dashboard is offered beside what can be done here', async () => {
    await open({ type: 'resolved', key, resolution: unmapped });
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    expect([...root.querySelectorAll('.message button')].map(({ className }) => className)).toEqual([
      'button is-primary',
      'button',
    ]);
    button('Open dashboard').click();
    expect(opened).toHaveBeenCalledWith('/dashboard.html#map');
    opened.mockRestore();
  });
});

describe('the page itself', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ['figures', figures],
    ['still blocks', []],
  ])('says above %s that it is offline, and no more once it is not', async (_, messages) => {
    const { model } = await open(...messages);
    await act(() => model.setOffline(true));
    expect(element('.notice').textContent).toContain('This device is offline');
    await act(() => model.setOffline(false));
    expect(root.querySelector('.notice')).toBeNull();
  });

  it('is loaded anew once its extension is gone', async () => {
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
    const { model } = await open(...figures);
    await act(() => model.end());
    expect(element('.notice').textContent).toContain('Liqband was updated');
    button('Reload').click();
    expect(reload).toHaveBeenCalledOnce();
  });

  it('leads to the diagnostics while nothing can be stored', async () => {
    const opened = vi.spyOn(window, 'open').mockImplementation(() => null);
    await open(...figures, { type: 'storage', problem: 'storeFull' });
    expect(element('.notice').textContent).toContain('The disk or the space that the browser allows is full.');
    button('Diagnostics').click();
    expect(opened).toHaveBeenCalledWith('/dashboard.html#diagnostics');
  });
});

describe('accessibility', () => {
  it.each<[string, readonly ServerMessage[]]>([
    ['starting', []],
    ['filling', [resolved, { type: 'progress', key, daysDone: 12, daysTotal: 30 }]],
    ['figures', figures],
    ['no chart', [{ type: 'resolved', key, resolution: { ok: false, reason: 'no-chart', detail: '' } }]],
    [
      'blocked',
      [resolved, { type: 'health', key, health: [troubledHealth('blocked', '')], coverage: null, ageMs: null }],
    ],
    ['storage trouble', [...figures, { type: 'storage', problem: 'The disk is full.' }]],
  ])('axe finds nothing: %s', async (_name, messages) => {
    await open(...messages);
    // Colours need a real layout.
    const { violations } = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
});

describe('a site that Liqband does not know', () => {
  it.each([
    [false, 'Show the band here'],
    [true, 'Withdraw'],
  ])('is asked for, or given back, in the click itself (allowed: %s)', async (isAllowed, action) => {
    site = { host: 'charts.example', isAllowed };
    const { chosen } = await open(...figures);
    expect(element('.aside').textContent).toContain('charts.example');
    await act(() => button(action).click());
    expect(chosen).toEqual([['charts.example', null]]);
  });
});
