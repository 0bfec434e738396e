/** `1000PEPE`, `1000000MOG`, `1MBABYDOGE`; some venues put it behind: `SHIB1000`. A `1INCH` is no multiple. */
const LEADING = /^(10{3,}|1M)(?=[A-Z])(.+)$/;
const TRAILING = /^([A-Z]+)(10{3,})$/;

/** The underlying of a listed asset name, and how many of it one unit of that name is. */
export function splitMultiplier(asset: string): { readonly baseAsset: string; readonly multiplier: number } {
  const [, leading, leadingBase] = LEADING.exec(asset) ?? [];
  if (leading !== undefined) return { baseAsset: leadingBase, multiplier: leading === '1M' ? 1e6 : Number(leading) };
  const [, trailingBase, trailing] = TRAILING.exec(asset) ?? [];
  if (trailing !== undefined) return { baseAsset: trailingBase, multiplier: Number(trailing) };
  return { baseAsset: asset, multiplier: 1 };
}
