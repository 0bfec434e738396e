import { HOUR_MS } from '@/lib/core/time';
import type { AssetClass } from '@/lib/market/asset-class';
import { bothUsd, DAY_WINDOW, type LiquidationBoard } from '@/lib/market/realised';
import type { ReportRow } from '@/lib/market/report';

export const REPORT_CLASSES = ['all', 'major', 'altcoin', 'metal', 'commodity', 'other'] as const;
export type ReportClass = (typeof REPORT_CLASSES)[number];

const METALS: ReadonlySet<AssetClass> = new Set<AssetClass>(['gold', 'silver']);
/** How far from the price the dollars at risk in a row reach. */
export const NEAR = 0.05;

/** Every column with what it is sorted by: the largest first, what is not known last. */
export const REPORT_COLUMNS = [
  { id: 'price', title: 'column.price', of: ({ price }: ReportRow) => price },
  { id: 'change', title: 'report.change', of: ({ change24h }: ReportRow) => change24h },
  { id: 'longs', title: 'report.longs', of: (row: ReportRow) => nearUsd(row, 'longUsd') },
  { id: 'shorts', title: 'report.shorts', of: (row: ReportRow) => nearUsd(row, 'shortUsd') },
  { id: 'below', title: 'report.below', of: ({ map }: ReportRow) => map?.nearestLong?.distance ?? null },
  { id: 'above', title: 'report.above', of: ({ map }: ReportRow) => map?.nearestShort?.distance ?? null },
  {
    id: 'liquidated',
    title: 'report.liquidated',
    of: ({ liquidated }: ReportRow) => bothUsd(liquidated[DAY_WINDOW]),
  },
  { id: 'funding', title: 'price.funding', of: fundingByTime },
  {
    id: 'openInterestChange',
    title: 'report.openInterestChange',
    of: ({ openInterestChange24h }: ReportRow) => openInterestChange24h,
  },
  { id: 'openInterest', title: 'price.openInterest', of: ({ openInterestUsd }: ReportRow) => openInterestUsd },
] as const;
export type ReportColumn = (typeof REPORT_COLUMNS)[number]['id'];

/** Venues ask for it every hour, or every eight. */
function fundingByTime({ fundingRate, fundingIntervalMs }: ReportRow): number | null {
  return fundingRate === null ? null : fundingRate / (fundingIntervalMs ?? 8 * HOUR_MS);
}

const nearUsd = ({ map }: ReportRow, side: 'longUsd' | 'shortUsd'): number | null =>
  map?.atRisk.find(({ distance }) => distance === NEAR)?.[side] ?? null;

function isOfClass(assetClass: AssetClass, wanted: ReportClass): boolean {
  if (wanted === 'all') return true;
  if (wanted === 'metal') return METALS.has(assetClass);
  if (wanted === 'other') return assetClass === 'equity' || assetClass === 'index';
  return assetClass === wanted;
}

/** With what the board tells was liquidated: it is told anew ten times as often, and stands beside. */
export const withBoard = (rows: readonly ReportRow[], board: LiquidationBoard | null): readonly ReportRow[] =>
  rows.map((row) => ({
    ...row,
    liquidated: board?.assets.find(({ marketId }) => marketId === row.marketId)?.sums ?? row.liquidated,
  }));

/** By which column a report is sorted, and whether its largest come first. */
export interface ReportOrder {
  readonly column: ReportColumn;
  readonly isDescending: boolean;
}

/** The rows of a class whose asset holds the query, in an order; what is not known comes last in both directions, equals as they came. */
export function reportRows(
  rows: readonly ReportRow[],
  assetClass: ReportClass,
  query: string,
  { column, isDescending }: ReportOrder,
): ReportRow[] {
  const wanted = query.trim().toUpperCase();
  const { of } = REPORT_COLUMNS.find(({ id }) => id === column) ?? REPORT_COLUMNS[0];
  const sign = isDescending ? -1 : 1;
  const rank = (row: ReportRow) => sign * (of(row) ?? sign * Infinity);
  return rows
    .filter((row) => isOfClass(row.assetClass, assetClass) && row.baseAsset.includes(wanted))
    .sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}
