import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time';

/** What stands where there is nothing to state. A zero that was measured is `$0`, never this. */
export const NOTHING = '\u2013';
const MINUS = '\u2212';

const USD_UNITS = [
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
  [1, ''],
] as const;

/** USD in panels, three figures: `$756K`, `$6.31M`, `$41.8M`. */
export const formatUsd = (usd: number): string => formatUsdWith(usd, (x) => (x < 9.995 ? 2 : x < 99.95 ? 1 : 0));

/** From and to: `$343M–$1.10B`. */
export const formatUsdRange = ({ lowUsd, highUsd }: { readonly lowUsd: number; readonly highUsd: number }): string =>
  `${formatUsd(lowUsd)}${NOTHING}${formatUsd(highUsd)}`;

/** USD on the band, two figures and whole from 10: `$6.7M`, `$36M`, `$319M`. */
export const formatUsdShort = (usd: number): string => formatUsdWith(usd, (x) => (x < 9.95 ? 1 : 0));

function formatUsdWith(usd: number, digitsOf: (mantissa: number) => number): string {
  if (!Number.isFinite(usd)) return NOTHING;
  const size = Math.abs(usd);
  const sign = usd < 0 ? MINUS : '';
  if (size < 0.5) return '$0';
  // 999,600 is $1.00M: the unit is that of the rounded figure.
  const unit = USD_UNITS.find(([scale]) => size >= scale * 0.9995) ?? USD_UNITS[3];
  const mantissa = size / unit[0];
  return `${sign}$${unit[0] === 1 ? size.toFixed(0) : mantissa.toFixed(digitsOf(mantissa))}${unit[1]}`;
}

/** Signed fraction as a distance: `−2.2%`, `+14%` (no decimal from 10 %). Given `digits`, always that many. */
export function formatDistance(fraction: number, digits?: number): string {
  if (!Number.isFinite(fraction)) return NOTHING;
  const percent = Math.abs(fraction * 100);
  const text = percent.toFixed(digits ?? (percent < 9.95 ? 1 : 0));
  const sign = Number(text) === 0 ? '' : fraction > 0 ? '+' : MINUS;
  return `${sign}${text}%`;
}

/** Price with `digits` decimals and grouped thousands: `60,249.8`. */
export function formatPrice(price: number, digits: number): string {
  if (!Number.isFinite(price)) return NOTHING;
  const [whole, decimals] = Math.abs(price).toFixed(digits).split('.') as [string, string?];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${price < 0 ? MINUS : ''}${grouped}${decimals === undefined ? '' : `.${decimals}`}`;
}

/** Price of a cluster: whole above 10,000, else the contract's own digits. */
export const formatClusterPrice = (price: number, digits: number): string =>
  formatPrice(price, price > 10_000 ? 0 : digits);

/** Age of a figure: `0.4s`, `38s`, `4m 12s`, `2h 5m`, `3d 4h`. */
export function formatAge(ageMs: number): string {
  if (!Number.isFinite(ageMs)) return NOTHING;
  const age = Math.max(0, ageMs);
  if (age < 9_950) return `${(age / SECOND_MS).toFixed(1)}s`;
  const seconds = Math.round(age / SECOND_MS);
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
  if (age < DAY_MS) return `${Math.floor(age / HOUR_MS)}h ${Math.floor((age % HOUR_MS) / MINUTE_MS)}m`;
  return `${Math.floor(age / DAY_MS)}d ${Math.floor((age % DAY_MS) / HOUR_MS)}h`;
}

/** Time still to wait, never below a whole second: `1s`, `48s`, `3h 12m`. */
export function formatCountdown(remainingMs: number): string {
  const seconds = Math.max(1, Math.ceil(remainingMs / SECOND_MS));
  return seconds < 60 ? `${seconds}s` : formatAge(seconds * SECOND_MS);
}

/** Funding rate (a fraction) with its period: `0.0051% / 8h`. */
export function formatFundingRate(rate: number, intervalMs: number): string {
  if (!Number.isFinite(rate)) return NOTHING;
  const text = (Math.abs(rate) * 100).toFixed(4);
  const sign = rate < 0 && Number(text) !== 0 ? MINUS : '';
  return `${sign}${text}% / ${Number((intervalMs / HOUR_MS).toFixed(1))}h`;
}

/** Two decimals: `1.42`, `−0.12`. */
export const formatRatio = (ratio: number): string =>
  Number.isFinite(ratio) ? ratio.toFixed(2).replace('-', MINUS) : NOTHING;

/** Unsigned share of a whole: `37%`, `4.2%`. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return NOTHING;
  const percent = share * 100;
  return `${percent.toFixed(percent > 0 && percent < 9.95 ? 1 : 0)}%`;
}
