import type { HiddenReason } from '@/lib/market/chart-symbol';
import type { VenueHealth } from '@/lib/market/health';

/** Data older than this is drawn in greys with its age. */
export const LATE_MS = 30_000;
/** Data older than this is not drawn. */
export const STALE_MS = 120_000;
/** The two readings of the axis may differ by this much. */
const MAX_DISAGREEMENT_PX = 1;
/** Last price further than this factor outside the visible prices: the axis shows another instrument. */
const MAX_PRICE_FACTOR = 3;

/** All that decides what one band shows. Null is "not known yet". */
export interface BandFacts {
  /** Whether a symbol of a kind we know was read off the chart. */
  readonly hasSymbol: boolean;
  readonly resolution: { readonly ok: true } | { readonly ok: false; readonly reason: HiddenReason } | null;
  readonly scale: {
    readonly topPrice: number;
    readonly bottomPrice: number;
    readonly disagreementPx: number | null;
    /** Why it is no scale of prices, where labels alone tell of it. */
    readonly doubt: 'no-base-price' | 'scale-disagrees' | null;
  } | null;
  readonly profile: { readonly lastPrice: number; readonly markPrice: number } | null;
  readonly progress: { readonly daysDone: number; readonly daysTotal: number } | null;
  readonly health: VenueHealth | null;
  /** Age of the newest data, now. */
  readonly ageMs: number | null;
}

export type BandState =
  | { readonly kind: 'ready'; readonly isLate: boolean }
  | { readonly kind: 'loading'; readonly daysDone: number; readonly daysTotal: number }
  | { readonly kind: 'hidden'; readonly reason: HiddenReason };

const hidden = (reason: HiddenReason): BandState => ({ kind: 'hidden', reason });

/** A wrong picture is worse than none: the first doubt, from the chart to the data, hides the band and names itself. */
export function bandStateFromFacts(facts: BandFacts): BandState {
  const { scale, profile, resolution } = facts;
  if (!facts.hasSymbol) return hidden('unmapped-symbol');
  if (resolution?.ok === false) return hidden(resolution.reason);
  if (scale === null) return hidden('no-scale');
  if (scale.disagreementPx !== null && scale.disagreementPx > MAX_DISAGREEMENT_PX) return hidden('scale-disagrees');
  if (profile === null) {
    const trouble = troubleFromHealth(facts.health);
    if (trouble !== null) return hidden(trouble);
    return facts.progress === null ? hidden('connecting') : { kind: 'loading', ...facts.progress };
  }
  if (scale.doubt !== 'no-base-price' && isOtherInstrument(scale, profile)) return hidden('price-out-of-range');
  if (scale.doubt !== null) return hidden(scale.doubt);
  const age = facts.ageMs ?? 0;
  if (age > STALE_MS) return hidden(troubleFromHealth(facts.health) ?? 'stale');
  return { kind: 'ready', isLate: age > LATE_MS };
}

/** The worst state that keeps all data away; one broken stream among living ones is none. */
function troubleFromHealth(health: VenueHealth | null): HiddenReason | null {
  const has = (state: string): boolean => health?.streams.some((stream) => stream.state === state) ?? false;
  if (has('blocked')) return 'blocked';
  if (has('withheld')) return 'withheld';
  return has('down') && !has('live') ? 'venue-down' : null;
}

function isOtherInstrument(
  scale: { readonly topPrice: number; readonly bottomPrice: number },
  profile: { readonly lastPrice: number; readonly markPrice: number },
): boolean {
  const price = marketPrice(profile);
  const low = Math.min(scale.topPrice, scale.bottomPrice);
  const high = Math.max(scale.topPrice, scale.bottomPrice);
  return price > high * MAX_PRICE_FACTOR || price < low / MAX_PRICE_FACTOR;
}

/** The price that the chart shows: the last trade, before the first one the mark. */
export const marketPrice = (profile: { readonly lastPrice: number; readonly markPrice: number }): number =>
  profile.lastPrice > 0 ? profile.lastPrice : profile.markPrice;

/** When the state changes by age alone, or null: the one timer a band at rest may hold. While late, every second. */
export function nextAgeChangeMs(state: BandState, ageMs: number | null): number | null {
  if (state.kind !== 'ready' || ageMs === null) return null;
  return state.isLate ? 1000 - (ageMs % 1000) + 1 : LATE_MS - ageMs + 1;
}
