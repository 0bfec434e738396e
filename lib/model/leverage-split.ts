import type { PositionSide } from '@/lib/market/liquidation';
import { priceBin, type Profile } from '@/lib/market/profile';

/** One side: a byte per block of cells names the mix, in ninths, of its USD; `NO_MIX` where it holds nothing. */
export interface SideSplit {
  readonly firstBlock: number;
  readonly codes: Uint8Array;
}

/** Which group of leverage a column's USD belongs to. */
export type LeverageSplit = Readonly<Record<PositionSide, SideSplit>>;

/** By mix, the share of its USD that is wanted. */
export type WantedShares = Float64Array;

/** Bins of a block, 0.2 % of price: levels of one group lie closer together than those of two. */
const BINS_PER_BLOCK = 8;
const CELLS_PER_BLOCK = 4;
const NINTHS = 9;
const NO_MIX = 255;

/** Every way to part nine ninths among four groups: 220, so that a byte names one. */
const MIXES: readonly (readonly number[])[] = allMixes();
/** By the mix's first three ninths as decimal digits. */
const CODES = new Uint8Array(10 ** 3).fill(NO_MIX);
MIXES.forEach(([a, b, c], code) => (CODES[100 * a + 10 * b + c] = code));
/** What one block is being parted from, reused: a month of columns has millions of blocks. */
const ninths = new Uint8Array(MIXES[0].length);
const losses = new Float64Array(MIXES[0].length);

function allMixes(): number[][] {
  const mixes: number[][] = [];
  for (let a = 0; a <= NINTHS; a++)
    for (let b = 0; a + b <= NINTHS; b++)
      for (let c = 0; a + b + c <= NINTHS; c++) mixes.push([a, b, c, NINTHS - a - b - c]);
  return mixes;
}

/** The nearest mix: every group's ninths rounded down, and what is left goes to those that lost most. */
function codeOf(usd: Float64Array): number {
  const sum = usd.reduce((total, each) => total + each, 0);
  if (!(sum > 0)) return NO_MIX;
  let left = NINTHS;
  for (let g = 0; g < usd.length; g++) {
    const exact = (NINTHS * usd[g]) / sum;
    ninths[g] = Math.floor(exact);
    losses[g] = exact - ninths[g];
    left -= ninths[g];
  }
  for (; left > 0; left--) {
    let most = 0;
    for (let g = 1; g < losses.length; g++) if (losses[g] > losses[most]) most = g;
    ninths[most] += 1;
    losses[most] = -1;
  }
  return CODES[100 * ninths[0] + 10 * ninths[1] + ninths[2]];
}

/** The split of a map that tells its four groups; null for one that does not. */
export function splitFromProfile(profile: Profile): LeverageSplit | null {
  const { groups, firstBin, long } = profile;
  if (groups?.length !== MIXES[0].length) return null;
  const markBin = Math.max(0, Math.min(long.length, priceBin(profile, profile.markPrice)));
  const usd = new Float64Array(groups.length);
  const splitOf = (from: number, to: number): SideSplit => {
    const firstBlock = Math.floor((firstBin + from) / BINS_PER_BLOCK);
    const codes = new Uint8Array(Math.max(0, Math.ceil((firstBin + to) / BINS_PER_BLOCK) - firstBlock)).fill(NO_MIX);
    for (let block = 0; block < codes.length; block++) {
      const start = Math.max(from, (firstBlock + block) * BINS_PER_BLOCK - firstBin);
      const end = Math.min(to, (firstBlock + block + 1) * BINS_PER_BLOCK - firstBin);
      for (let g = 0; g < groups.length; g++) usd[g] = sumOf(groups[g], start, end);
      codes[block] = codeOf(usd);
    }
    return { firstBlock, codes };
  };
  return { long: splitOf(0, markBin), short: splitOf(markBin, long.length) };
}

function sumOf(usd: { readonly [bin: number]: number }, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += usd[i];
  return sum;
}

/** The shares for a choice of groups, lowest leverage first; null where all are wanted. */
export const wantedShares = (groups: readonly boolean[]): WantedShares | null =>
  groups.every(Boolean)
    ? null
    : Float64Array.from(MIXES, (mix) => mix.reduce((sum, ninths, g) => sum + (groups[g] ? ninths / NINTHS : 0), 0));

/** The mix of a cell's USD; `NO_MIX` outside the blocks. */
export const mixOfCell = ({ firstBlock, codes }: SideSplit, cell: number): number =>
  codes[Math.floor(cell / CELLS_PER_BLOCK) - firstBlock] ?? NO_MIX;

/** Whether what was stored is a split. */
export const isLeverageSplit = (value: unknown): value is LeverageSplit =>
  typeof value === 'object' &&
  value !== null &&
  (['long', 'short'] as const).every((side) => {
    const { firstBlock, codes } = ((value as Partial<LeverageSplit>)[side] ?? {}) as Partial<SideSplit>;
    return Number.isSafeInteger(firstBlock) && codes instanceof Uint8Array;
  });

/** A live map with the wanted groups alone; null where it does not tell them. */
export function wantedProfile(profile: Profile, wanted: readonly boolean[]): Profile | null {
  const { groups, long } = profile;
  if (groups === undefined) return null;
  const markBin = priceBin(profile, profile.markPrice);
  const kept = groups.map((group, g) => (wanted[g] ? group : group.slice(0, group.length).fill(0)));
  const usd = Float64Array.from({ length: long.length }, (_, bin) => kept.reduce((sum, group) => sum + group[bin], 0));
  return {
    ...profile,
    groups: kept,
    long: usd.slice().fill(0, Math.max(0, markBin)),
    short: usd.slice().fill(0, 0, Math.max(0, markBin)),
  };
}
