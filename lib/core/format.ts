import { writeCompact, writeNumber, writeSignificant } from './locale';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time';

/** What stands where there is nothing to state. A zero that was measured is `$0`, never this. */
export const NOTHING = '\u2013';
const MINUS = '\u2212';

/** USD in panels, three figures: `$756K`, `$6.31M`, `$41.8M`. */
export const formatUsd = (usd: number): string => formatUsdWith(usd, 3);

/** From and to, with no more figures than an interval can have: `$343M – $1.1B`. */
export const formatUsdRange = ({ lowUsd, highUsd }: { readonly lowUsd: number; readonly highUsd: number }): string =>
  `${formatUsdShort(lowUsd)} ${NOTHING} ${formatUsdShort(highUsd)}`;

/** USD on the band, two figures and whole from 10: `$6.7M`, `$36M`, `$319M`. */
export const formatUsdShort = (usd: number): string => formatUsdWith(usd, 2);

function formatUsdWith(usd: number, figures: 2 | 3): string {
  if (!Number.isFinite(usd)) return NOTHING;
  const size = Math.abs(usd);
  if (size < 0.5) return '$0';
  // From here on the rounded figure is a thousand.
  const text = size < 999.5 ? writeNumber(size, 0) : writeCompact(size, figures);
  return `${usd < 0 ? MINUS : ''}$${text}`;
}

/** Signed fraction as a distance: `−2.2%`, `+14%` (no decimal from 10 %). Given `digits`, always that many. */
export function formatDistance(fraction: number, digits?: number): string {
  if (!Number.isFinite(fraction)) return NOTHING;
  const size = Math.abs(fraction);
  const decimals = digits ?? (size < 0.0995 ? 1 : 0);
  const isZero = size * 100 * 10 ** decimals < 0.5;
  return `${isZero ? '' : fraction > 0 ? '+' : MINUS}${percentText(size, decimals)}`;
}

/** Price with `digits` decimals and grouped thousands: `60,249.8`. */
export function formatPrice(price: number, digits: number): string {
  if (!Number.isFinite(price)) return NOTHING;
  return `${price < 0 ? MINUS : ''}${writeNumber(Math.abs(price), digits)}`;
}

/** Price of a cluster: whole above 10,000, else the contract's own digits. */
export const formatClusterPrice = (price: number, digits: number): string =>
  formatPrice(price, price > 10_000 ? 0 : digits);

/** Price whose tick is not known: at most so many figures that mean something. */
export const formatRoughPrice = (price: number, figures: number): string =>
  Number.isFinite(price) ? writeSignificant(price, figures) : NOTHING;

/** Age of less than an hour, in whole seconds: `38s`, `4m 12s`. */
export const formatShortAge = (seconds: number): string =>
  seconds < 60 ? writeNumber(seconds, 0, 'second') : pair(Math.floor(seconds / 60), 'minute', seconds % 60, 'second');

/** Age of a figure: `0.4s`, `38s`, `4m 12s`, `2h 5m`, `3d 4h`. */
export function formatAge(ageMs: number): string {
  if (!Number.isFinite(ageMs)) return NOTHING;
  const age = Math.max(0, ageMs);
  if (age < 9_950) return writeNumber(age / SECOND_MS, 1, 'second');
  const seconds = Math.round(age / SECOND_MS);
  if (seconds < 3600) return formatShortAge(seconds);
  const hours = Math.floor(seconds / 3600);
  if (hours < 24) return pair(hours, 'hour', Math.floor((seconds % 3600) / 60), 'minute');
  return pair(Math.floor(hours / 24), 'day', hours % 24, 'hour');
}

type TimeUnit = 'second' | 'minute' | 'hour' | 'day';

const pair = (large: number, largeUnit: TimeUnit, small: number, smallUnit: TimeUnit): string =>
  `${writeNumber(large, 0, largeUnit)} ${writeNumber(small, 0, smallUnit)}`;

/** A round span of time in its largest unit: `5m`, `4h`, `7d`. */
export function formatSpan(spanMs: number): string {
  if (spanMs < HOUR_MS) return writeNumber(spanMs / MINUTE_MS, 0, 'minute');
  return spanMs <= DAY_MS ? writeNumber(spanMs / HOUR_MS, 0, 'hour') : writeNumber(spanMs / DAY_MS, 0, 'day');
}

/** Time still to wait, never below a whole second: `1s`, `48s`, `3h 12m`. */
export function formatCountdown(remainingMs: number): string {
  const seconds = Math.max(1, Math.ceil(remainingMs / SECOND_MS));
  return seconds < 60 ? writeNumber(seconds, 0, 'second') : formatAge(seconds * SECOND_MS);
}

/** Rate of one funding (a fraction): `0.0051%`. */
export function formatRate(rate: number): string {
  if (!Number.isFinite(rate)) return NOTHING;
  const size = Math.abs(rate);
  return `${rate < 0 && size * 1e6 >= 0.5 ? MINUS : ''}${percentText(size, 4)}`;
}

/** Funding rate with its period: `0.0051% / 8h`; the rate alone where that is not known. */
export function formatFundingRate(rate: number, intervalMs: number): string {
  if (!Number.isFinite(rate + intervalMs)) return formatRate(rate);
  const hours = Number((intervalMs / HOUR_MS).toFixed(1));
  return `${formatRate(rate)} / ${writeNumber(hours, Number.isInteger(hours) ? 0 : 1, 'hour')}`;
}

/** Two decimals: `1.42`, `−0.12`. */
export function formatRatio(ratio: number): string {
  if (!Number.isFinite(ratio)) return NOTHING;
  const size = Math.abs(ratio);
  return `${ratio < 0 && size >= 0.005 ? MINUS : ''}${writeNumber(size, 2)}`;
}

/** Unsigned share of a whole: `37%`, `4.2%`. Given `digits`, always that many. */
export function formatShare(share: number, digits?: number): string {
  if (!Number.isFinite(share)) return NOTHING;
  return percentText(share, digits ?? (share > 0 && share < 0.0995 ? 1 : 0));
}

/** Parts of one whole: each to a tenth of a per cent, and together the whole, the largest remainders rounded up. */
export function formatShares(shares: readonly number[]): string[] {
  const tenths = shares.map((share) => Math.floor(share * 1_000));
  const remainders = shares.map((share, i) => share * 1_000 - tenths[i]);
  const missing = Math.round(shares.reduce((sum, share) => sum + share, 0) * 1_000) - tenths.reduce((a, b) => a + b, 0);
  const byRemainder = [...shares.keys()].sort((a, b) => remainders[b] - remainders[a]);
  for (const i of byRemainder.slice(0, missing)) tenths[i] += 1;
  return tenths.map((each) => formatShare(each / 1_000, 1));
}

/** Width of a bin as a share of price: `0.05%`, `0.125%`. */
export const formatBinWidth = (share: number): string => `${writeSignificant(share * 100, 3)}%`;

/** With so many decimals, grouped: `12.4`. */
export const formatDecimal = (value: number, digits: number): string => writeNumber(value, digits);

/** Grouped and without decimals: `2,880`. */
export const formatCount = (count: number): string => writeNumber(count, 0);

/** Where a language puts a space before the sign, the figures have no room for it. */
const percentText = (share: number, digits: number): string => writeNumber(share, digits, 'percent').replace(/\s/, '');
