import type { Page } from 'playwright-core';

import { causeWords } from '@/components/cause-words';
import {
  formatClusterPrice,
  formatCount,
  formatCountdown,
  formatDecimal,
  formatDistance,
  formatFundingRate,
  formatPrice,
  formatRate,
  formatRatio,
  formatRoughPrice,
  formatShare,
  formatShares,
  formatSpan,
  formatUsd,
  formatUsdRange,
  NOTHING,
} from '@/lib/core/format';
import { formatLocalTime, formatMoment, formatTime } from '@/lib/core/format-time';
import { HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { coverageOf, shareOf } from '@/lib/market/member';
import { DAY_WINDOW, LIQUIDATION_WINDOWS_MS, type LiquidatedSums, type LiquidationBoard } from '@/lib/market/realised';
import type { MarketReport, ReportRow } from '@/lib/market/report';
import type { LiquidatedWindow, NamedCluster, Summary } from '@/lib/market/summary';
import type { UsdRange } from '@/lib/market/usd-range';
import { VENUE_FACTS, venueName } from '@/lib/market/venue-facts';
import type { ServerMessage } from '@/lib/messaging/protocol';
import english from '@/public/words/en.json';

import { until } from './chart';
import type { OwnTold } from './own-shown';

/** What the background last told a page, message by message. */
export interface Told extends OwnTold {
  readonly summary?: { readonly summary: Summary };
  readonly liquidations?: { readonly board: LiquidationBoard };
  readonly report?: { readonly report: MarketReport };
  readonly health?: Extract<ServerMessage, { type: 'health' }>;
  readonly diagnostics?: Extract<ServerMessage, { type: 'diagnostics' }>;
}

/** Where a page shows something (an attribute of it after `@`), and what that must read, element by element. */
export type Panels = Readonly<Record<string, readonly (string | null)[]>>;

declare global {
  interface Window {
    __told?: Record<string, object>;
  }
}

/** Keeps whatever the background tells a page, from its next load on. */
export const listenIn = async (page: Page): Promise<void> => void (await page.addInitScript(listenHere));

/** Runs in the page, before its own scripts. */
function listenHere(): void {
  interface Wire {
    readonly type: string;
  }
  interface Told {
    readonly onMessage: { addListener(listener: (message: Wire) => void): void };
  }
  const { runtime } = (globalThis as unknown as { chrome: { runtime: { connect(...args: unknown[]): Told } } }).chrome;
  const connect = runtime.connect.bind(runtime);
  window.__told = {};
  runtime.connect = (...args) => {
    const port = connect(...args);
    port.onMessage.addListener((message) => {
      if (message.type !== 'profile') window.__told = { ...window.__told, [message.type]: message };
    });
    return port;
  };
}

/** Runs in the page: what was told and what is shown in one and the same moment. */
function lookHere(selectors: readonly string[]) {
  const shown = selectors.map((selector) => {
    const [path, attribute] = selector.split('@');
    return Array.from(document.querySelectorAll(path), (element) => {
      const text = attribute === undefined ? element.textContent : element.getAttribute(attribute);
      return (text ?? '').replaceAll(/\s+/g, ' ').trim();
    });
  });
  return { told: window.__told as Told, shown };
}

/**
 * Waits until the page shows exactly what it was told, everything at one moment: a page draws a moment after it hears.
 * Returns what it was told.
 */
export async function untilShown(page: Page, panelsOf: (told: Told) => Panels): Promise<Told> {
  let differences: unknown;
  return until(async () => {
    const named = Object.keys(panelsOf(await page.evaluate(() => window.__told as Told)));
    const { told, shown } = await page.evaluate(lookHere, named);
    const wanted = panelsOf(told);
    const wrong = named.flatMap((name, i) =>
      // A panel that has nothing to show compares nothing.
      shown[i].length > 0 && JSON.stringify(shown[i]) === JSON.stringify(wanted[name])
        ? []
        : [{ name, shown: shown[i], told: wanted[name] }],
    );
    differences = wrong;
    return named.length > 0 && wrong.length === 0 ? told : null;
  }, 'a page that shows what it was told').catch((cause: unknown) => {
    throw new Error(`Shown otherwise: ${JSON.stringify(differences, null, 1)}`, { cause });
  });
}

const clusters = ({ nearestLong, largestLong, nearestShort, largestShort }: Summary): (NamedCluster | null)[] => [
  nearestLong,
  largestLong,
  nearestShort,
  largestShort,
];

const rangeText = (range: UsdRange): string => `${formatUsdRange(range)}, ${english[`confidence.${range.confidence}`]}`;

/** Never up to the whole, nor down to nothing. */
const shareText = (share: number): string =>
  share < 0.01 ? `<${formatShare(0.01, 0)}` : formatShare(Math.floor(share * 100) / 100, 0);

type VenuePart = LiquidatedWindow['venues'][number];
const sideText = (venue: VenuePart, side: 'longUsd' | 'shortUsd'): string =>
  venue.recordedShare > 0 ? formatUsd(venue[side]) : 'no data';

function missingText(venue: VenuePart): string {
  if (VENUE_FACTS[venue.venueId].liquidationFeed === 'none') return 'no feed';
  if (venue.recordedShare === 0) return 'not recorded';
  const factor = venue.correctedUsd / bothUsd(venue);
  const recorded = venue.recordedShare >= 1 ? 'all recorded' : `${shareText(venue.recordedShare)} recorded`;
  return recorded + (factor > 1.005 ? `, corrected \u00d7${formatDecimal(factor, 2)}` : '');
}

/** How the open interest is known, by the drawer. */
function sourceTexts({ members, unlocatedShare, observedShare, liquidated }: Summary): string[] {
  const openInterestUsd = members.reduce((sum, member) => sum + member.countedOpenInterestUsd, 0);
  const drawn = members.reduce((sum, member) => sum + bothUsd(member), 0) / openInterestUsd / 2;
  const { correctedUsd, ...day } = liquidated.at(-1)!;
  return [
    ...formatShares([observedShare, drawn - observedShare, 1 - unlocatedShare - drawn, unlocatedShare]),
    formatShare(correctedUsd > 0 ? 1 - bothUsd(day) / correctedUsd : 0),
    formatShare(coverageOf(members).openInterestShare ?? NaN),
  ];
}

/** The panels that popup and dashboard have in common. */
export function summaryPanels(summary: Summary): Panels {
  const reach = summary.atRisk.at(-1)!;
  const known = clusters(summary).filter((cluster) => cluster !== null);
  return {
    '.side-card .total': [formatUsd(reach.longUsd), formatUsd(reach.shortUsd)],
    '.side-card > .quiet > .range-note': [reach.longRange, reach.shortRange].map(rangeText),
    '.side-card dd': clusters(summary).flatMap((cluster) =>
      cluster === null
        ? [NOTHING]
        : [
            `${formatClusterPrice(cluster.price, summary.priceDigits)}${formatUsd(cluster.usd)}`,
            rangeText(cluster.range),
          ],
    ),
    '.side-card dt > span': known.map(({ distance }) => formatDistance(distance)),
    '.ladder tbody tr': summary.atRisk.map(
      ({ distance, longUsd, shortUsd, longRange, shortRange }) =>
        `${formatUsd(longUsd)}${rangeText(longRange)}${formatShare(distance, 0)}` +
        `${formatUsd(shortUsd)}${rangeText(shortRange)}`,
    ),
    '.windows .window-head': summary.liquidated.map(
      ({ windowMs, longUsd, shortUsd, recordedShare }) =>
        `${formatSpan(windowMs)}${recordedShare > 0 ? formatUsd(longUsd + shortUsd) : 'no data'}`,
    ),
    '.windows strong': summary.liquidated.flatMap(({ longUsd, shortUsd, recordedShare }) =>
      recordedShare > 0 ? [formatUsd(longUsd), formatUsd(shortUsd)] : [],
    ),
    // The day, by venue.
    '.liquidated-venues tbody tr': (summary.liquidated.at(-1)?.venues ?? [])
      .toSorted((a, b) => bothUsd(b) - bothUsd(a))
      .map(
        (venue) =>
          `${venueName(venue.venueId)}${sideText(venue, 'longUsd')}${sideText(venue, 'shortUsd')}${missingText(venue)}`,
      ),
  };
}

/** The popup's own. */
export function popupPanels({ summary: told, health }: Told): Panels {
  if (told === undefined || health === undefined) return {};
  const { summary } = told;
  const { fundingRate, longShortRatio, members, change24h, markPrice, priceDigits, openInterestUsd } = summary;
  return {
    ...summaryPanels(summary),
    '.price-line .price': [formatPrice(markPrice, priceDigits)],
    '.price-line strong': change24h === null ? [] : [formatDistance(change24h, 2)],
    '.facts strong': [
      formatUsd(openInterestUsd),
      ...(fundingRate === null ? [] : [formatRate(fundingRate)]),
      ...(longShortRatio === null ? [] : [formatRatio(longShortRatio)]),
    ],
    '.sources strong': sourceTexts(summary),
    '.leverage-mix strong': [1 - summary.leverageMix.reduce((sum, { share }) => sum + share, 0)]
      .concat(summary.leverageMix.map(({ share }) => share))
      .map((share) => formatShare(share)),
    '.venues .figure': members.map((member) => formatShare(shareOf(member, members) ?? NaN)),
    '.streams .state': health.health[0].streams.map(({ state }) => english[`health.${state}`]),
    '.streams tbody td:nth-child(3)': health.health[0].streams.map(({ brokenCount }) => String(brokenCount)),
  };
}

/** The letter that is seen and the word that is heard. */
const SIDE_LETTER = {
  long: english['band.longLetter'] + english['side.longs'],
  short: english['band.shortLetter'] + english['side.shorts'],
};
const bothUsd = ({ longUsd, shortUsd }: { readonly longUsd: number; readonly shortUsd: number }) => longUsd + shortUsd;
const sumsRow = ({ longUsd, shortUsd }: LiquidatedSums) => [formatUsd(longUsd), formatUsd(shortUsd)];
/** What nobody listened to is no zero. */
const knownRow = (sums: LiquidatedSums, share: number) =>
  share > 0 || bothUsd(sums) > 0 ? sumsRow(sums) : [english['data.none'], english['data.none']];
const recordedWords = (share: number): string =>
  share >= 1 ? 'all recorded' : `${share > 0 ? shareText(share) : formatShare(0, 0)} recorded`;

/** The dashboard beside its map. */
export function mapPanels({ summary: told, liquidations, report }: Told): Panels {
  if (told === undefined || liquidations === undefined || report === undefined) return {};
  const { summary } = told;
  const { board } = liquidations;
  const { fundingRate, fundingIntervalMs, longShortRatio } = summary;
  const { openInterestShare } = coverageOf(summary.members);
  return {
    ...summaryPanels(summary),
    '.header-price': [formatPrice(summary.markPrice, summary.priceDigits)],
    '.header-facts dd strong': [
      formatUsd(summary.openInterestUsd),
      ...(fundingRate === null ? [] : [formatFundingRate(fundingRate, fundingIntervalMs ?? NaN)]),
      ...(longShortRatio === null ? [] : [formatRatio(longShortRatio)]),
      ...(openInterestShare === null ? [] : [formatShare(Math.floor(openInterestShare * 100) / 100)]),
    ],
    '.tape tbody tr': board.newest
      .filter(({ usd }) => usd >= 10_000)
      .slice(0, 60)
      .map(
        ({ timeMs, positionSide, baseAsset, bankruptcyPrice, usd, venueId }) =>
          `${formatTime(timeMs)}${SIDE_LETTER[positionSide]}${baseAsset}` +
          `${formatRoughPrice(bankruptcyPrice, 6)}${formatUsd(usd)}${venueName(venueId)}`,
      ),
    ...boardPanels(board),
    ...reportPanels(report.report, board),
  };
}

/** What was liquidated by the hour and by asset. */
function boardPanels(board: LiquidationBoard): Panels {
  const hourMs = Math.floor(board.asOfMs / HOUR_MS) * HOUR_MS;
  const hours = new Map(board.hours.map((hour) => [hour.startMs, hour]));
  return {
    '.bars tbody tr': Array.from({ length: 24 }, (_, i) => {
      const startMs = hourMs - (23 - i) * HOUR_MS;
      const hour = hours.get(startMs);
      const sums = hour && `longs ${formatUsd(hour.longUsd)}, shorts ${formatUsd(hour.shortUsd)}`;
      return `${formatMoment(startMs)}${sums ?? english['data.none']}`;
    }),
    '.treemap li@title': treemapTitles(board),
  };
}

/** By asset, largest first. */
const treemapTitles = ({ assets }: LiquidationBoard): string[] =>
  assets
    .filter(({ sums }) => bothUsd(sums[DAY_WINDOW]) > 0)
    .slice(0, 24)
    .map(({ baseAsset, sums }) => {
      const { longUsd, shortUsd } = sums[DAY_WINDOW];
      return `${baseAsset}: longs ${formatUsd(longUsd)}, shorts ${formatUsd(shortUsd)}`;
    });

/** The estimate of all where feeds leave some out; a table in which none does has no such column. */
function correctedPanels(section: number, rows: readonly LiquidatedSums[]): Panels {
  const corrected = rows.map(({ longCorrectedUsd, shortCorrectedUsd }) => longCorrectedUsd + shortCorrectedUsd);
  if (!corrected.some((usd, i) => usd > bothUsd(rows[i]))) return {};
  return { [`.totals .section:nth-child(${section}) td:nth-child(5)`]: corrected.map(formatUsd) };
}

/** The page of the whole market. */
export function marketPanels({ liquidations, report }: Told): Panels {
  if (liquidations === undefined || report === undefined) return {};
  const { board } = liquidations;
  const rows = [board.total, ...board.venues.map(({ sums }) => sums).filter((sums) => sums.length > 0)];
  const feeds = board.venues.filter(({ feed }) => feed !== 'none');
  const shares = LIQUIDATION_WINDOWS_MS.map((_, i) =>
    feeds.reduce((sum, { recordedShares }) => sum + recordedShares[i] / feeds.length, 0),
  );
  const heard = board.venues.filter(({ sums }) => sums.length > 0);
  return {
    '.totals .section:nth-child(1) td:is(.long, .short)': board.total.flatMap((sums, i) => knownRow(sums, shares[i])),
    '.totals .section:nth-child(1) tbody .caption': shares.map(recordedWords),
    '.totals .section:nth-child(2) tbody .caption': heard.map(
      ({ feed, recordedShares }) => `${english[`feed.${feed}`]}, ${recordedWords(recordedShares[DAY_WINDOW])}`,
    ),
    ...correctedPanels(1, board.total),
    ...correctedPanels(
      2,
      rows.slice(1).map((sums) => sums[DAY_WINDOW]),
    ),
    ...correctedPanels(
      3,
      board.assets.slice(0, 10).map(({ sums }) => sums[DAY_WINDOW]),
    ),
    '.totals .section:nth-child(2) td:is(.long, .short)': heard.flatMap(({ sums, recordedShares }) =>
      knownRow(sums[DAY_WINDOW], recordedShares[DAY_WINDOW]),
    ),
    '.totals .section:nth-child(3) strong': board.assets.slice(0, 10).flatMap(({ sums }) => sumsRow(sums[DAY_WINDOW])),
    '.totals .section:nth-child(4) tbody tr': board.largest.flatMap((event, i) =>
      event === null
        ? []
        : [
            formatSpan(LIQUIDATION_WINDOWS_MS[i]) +
              formatUsd(event.usd) +
              `${event.baseAsset} ${english[event.positionSide === 'long' ? 'own.long' : 'own.short']} ` +
              venueName(event.venueId) +
              formatRoughPrice(event.bankruptcyPrice, 7) +
              formatMoment(event.timeMs),
          ],
    ),
    '.totals .section:nth-child(5) strong': board.classes.flatMap(({ sums }) => sumsRow(sums[DAY_WINDOW])),
    ...boardPanels(board),
    ...reportPanels(report.report, board),
  };
}

/** What the row of a market reads, cell by cell. */
function reportCells({ liquidated, map, ...row }: ReportRow, isHeard: boolean): string[] {
  const near = map?.atRisk.find(({ distance }) => distance === 0.05);
  const cell = (value: number | null | undefined, format: (known: number) => string) =>
    value === null || value === undefined ? NOTHING : format(value);
  const funding = (rate: number) =>
    row.fundingIntervalMs === null ? formatRate(rate) : formatFundingRate(rate, row.fundingIntervalMs);
  return [
    formatRoughPrice(row.price, 6),
    cell(row.change24h, formatDistance),
    // On demand, but of the market on display.
    map === null && row.marketId !== 'BTC' ? '+' : cell(near?.longUsd, formatUsd),
    cell(near?.shortUsd, formatUsd),
    cell(map?.nearestLong?.distance, formatDistance),
    cell(map?.nearestShort?.distance, formatDistance),
    isHeard || bothUsd(liquidated[DAY_WINDOW]) > 0 ? formatUsd(bothUsd(liquidated[DAY_WINDOW])) : NOTHING,
    cell(row.fundingRate, funding),
    cell(row.openInterestChange24h, formatDistance),
    formatUsd(row.openInterestUsd),
  ];
}

function reportPanels(report: MarketReport, { assets, isWhole, venues }: LiquidationBoard): Panels {
  const isHeard = isWhole && venues.some(({ recordedShares }) => recordedShares[DAY_WINDOW] > 0);
  // The board's sums are the newer ones.
  const rows = report.rows.map((row) => {
    const asset = assets.find(({ marketId }) => marketId === row.marketId);
    return asset === undefined ? row : { ...row, liquidated: asset.sums };
  });
  const sorted = rows.toSorted((a, b) => bothUsd(b.liquidated[DAY_WINDOW]) - bothUsd(a.liquidated[DAY_WINDOW]));
  return {
    '.report tbody th': sorted.map(({ baseAsset }) => baseAsset),
    '.report tbody td': sorted.flatMap((row) => reportCells(row, isHeard)),
  };
}

/** Every stream and limit of every venue, and the newest lines of the log. */
export function diagnosticsPanels({ health, diagnostics }: Told): Panels {
  if (health === undefined || diagnostics === undefined) return {};
  const { limits, log } = diagnostics;
  const streams = health.health.flatMap((venue) => venue.streams);
  return {
    '.diagnostics .venue': health.health.map(({ venueId }) => venueName(venueId)),
    '.diagnostics .broken': streams.map(({ brokenCount }) => String(brokenCount)),
    '.venue-streams .state': streams.map(({ state }) => english[`health.${state}`]),
    '.limits th[scope="row"]': limits.flatMap(({ venueId, limits: uses }) =>
      uses.map(({ name }) => `${venueName(venueId)} ${name}`),
    ),
    '.limits td:nth-child(2)': limits.flatMap(({ limits: uses }) =>
      uses.map(
        ({ used, capacity, windowMs }) =>
          `${formatCount(used)} of ${formatCount(capacity)} in ${windowMs < MINUTE_MS ? formatCountdown(windowMs) : formatSpan(windowMs)}`,
      ),
    ),
    '.readers tbody tr': ['www.tradingview.comshownBTCUSDT Binancechart API–'],
    '.log li': log
      .slice(-20)
      .toReversed()
      .map(({ timeMs, text }) => `${formatLocalTime(timeMs)} ${text.replace(/\w+\|.*$/, causeWords)}`),
  };
}
