/** A linear axis in shares of its base price: 1 where the price is the base, which reads 0 % or 100. */
export interface ShareAxis {
  /** Share at y = 0. */
  readonly top: number;
  readonly perPx: number;
  readonly height: number;
  /** How exactly its ticks tell of it, in pixels. */
  readonly roughPx: number;
}

/** What is written on the axis beside its ticks; `step` is one of the last digit, in shares. */
export interface ShareLabel {
  readonly share: number;
  readonly step: number;
  readonly y: number;
}

interface Span {
  readonly low: number;
  readonly high: number;
}

/** The axis at one moment, and which shares its labels can mean: those whose place and text agree, and all by their place alone. */
interface Look {
  readonly axis: ShareAxis;
  readonly shares: readonly Span[];
  readonly places: readonly Span[];
  readonly atMs: number;
}

/** A base that one of the labels would have if it were the last price's. */
interface Guess {
  readonly base: Span;
  /** Where that label stood when the price had moved last. */
  readonly shares: Span;
  readonly prices: Span;
  readonly moves: number;
}

/** A label whose text says something else than its place, since the price began to be followed by the place alone. */
interface Stray {
  readonly shares: Span;
  readonly prices: Span;
  hasMoved: boolean;
}

/** A label's middle lies so far above and below the price's place: libraries round it to pixels, some of them half a one lower. */
const ABOVE_PX = 1;
const BELOW_PX = 0.5;
const SAME_PX = 0.3;
/** The chart is this far behind our own price at most, or ahead of it. */
const BEHIND_MS = 800;
const AHEAD_MS = 400;
/** A chart moves on by itself for so long after it was touched. */
const CALM_MS = 1_500;
/** Without a price for so long, the chart may have been touched unseen. */
const SILENT_MS = 3_000;
/** Bars open, and the base may change with them, this near to a full minute. */
const MINUTE_MS = 60_000;
const OPENING_MS = 3_000;
/** A label is the last price's when it has gone with the price so often: orders and old bars' prices stay where they are. */
const MOVES = 2;
const MAX_GUESSES = 16;
/** How far a price of the pane may be from its place, whatever base is still possible. */
const SURE_PX = 1;

/**
 * Finds the base price of a percent or indexed axis from its last-price label. The axis tells which share of the base is
 * where, the label at which share the last price is: base = price / share, as exact as the label's rounding. Many
 * readings narrow it. What contradicts starts over, because charts take another base whenever another bar is the first
 * in view. Null until the base is sure to a pixel, and whenever it may have changed and the label does not confirm it.
 * KLineChart has its ticks stand, old base and all, until its highest or lowest price changes, and only its labels' texts
 * have the new one: where no text agrees with its place, a label that goes with the price by the old base confirms that.
 */
export function createBasePrice() {
  let prices: { readonly price: number; readonly atMs: number }[] = [];
  let pending: Look[] = [];
  let guesses: readonly Guess[] = [];
  let now: Look | null = null;
  let settled: ShareAxis | null = null;
  let text = '';
  let touchedMs = -Infinity;
  let heardMs = Infinity;
  let venueMs = 0;
  /** The label has confirmed the base since it may have changed last. */
  let isKnown = false;
  let stray: Stray | null = null;

  /** All prices that the chart may have had at these times; null before the first. */
  function pricesWithin(fromMs: number, toMs: number): Span | null {
    const before = prices.findLastIndex(({ atMs }) => atMs <= fromMs);
    const within = prices.filter(({ atMs }, i) => i >= before && atMs <= toMs).map(({ price }) => price);
    return within.length === 0 ? null : { low: Math.min(...within), high: Math.max(...within) };
  }

  /** Every base that is still possible; null until there is one. */
  function sureBase(): Span | null {
    const sure = guesses.filter(({ moves }) => moves >= MOVES).map(({ base }) => base);
    if (sure.length === 0) return null;
    return { low: Math.min(...sure.map(({ low }) => low)), high: Math.max(...sure.map(({ high }) => high)) };
  }

  function settle({ axis, shares, places, atMs }: Look): void {
    settled = axis;
    const span = pricesWithin(atMs - BEHIND_MS, atMs + AHEAD_MS);
    if (span === null) return;
    const isCalm = atMs - touchedMs > CALM_MS;
    if (shares.length === 0) return followStray(isCalm ? placeFor(sureBase(), places, span) : undefined, span);
    stray = null;
    const kept = guesses.flatMap((guess) =>
      shares.flatMap((share): Guess[] => {
        const base = meet(guess.base, ratio(span, share));
        if (base === null) return [];
        const hasMoved = isCalm && meet(guess.shares, share) === null && meet(guess.prices, span) === null;
        return [hasMoved ? { base, shares: share, prices: span, moves: guess.moves + 1 } : { ...guess, base }];
      }),
    );
    guesses =
      kept.length > 0
        ? kept.slice(0, MAX_GUESSES)
        : shares.map((share) => ({ base: ratio(span, share), shares: share, prices: span, moves: 0 }));
  }

  /** One that was pushed aside by another label stands still, or leaves the price. */
  function followStray(place: Span | undefined, prices: Span): void {
    if (place === undefined) stray = null;
    else if (stray === null) stray = { shares: place, prices, hasMoved: false };
    else stray.hasMoved ||= meet(stray.shares, place) === null && meet(stray.prices, prices) === null;
  }

  function settleThrough(nowMs: number): void {
    while (pending.length > 0 && nowMs - pending[0].atMs >= AHEAD_MS) settle(pending.shift() as Look);
  }

  const isOpening = (): boolean => (venueMs + OPENING_MS) % MINUTE_MS <= 2 * OPENING_MS;

  /** Whether nothing can be changing the base. */
  const isCalm = (nowMs: number): boolean =>
    now !== null && isSameAxis(now.axis, settled ?? now.axis) && nowMs - touchedMs > CALM_MS && !isOpening();

  function touch(nowMs: number): void {
    touchedMs = nowMs;
    isKnown = false;
    stray = null;
  }

  return {
    /** Somebody touched the chart. */
    touch,

    /** The venue's last trade, at the machine's time; `atVenueMs` is its own. */
    hear(price: number, atVenueMs: number, nowMs: number): void {
      // Nobody knows what a chart did that was out of sight.
      if (nowMs - heardMs > SILENT_MS) touch(nowMs);
      heardMs = nowMs;
      venueMs = atVenueMs;
      if (isOpening()) isKnown = false;
      prices = prices.filter(({ atMs }, i) => i === prices.length - 1 || atMs > nowMs - 2 * (BEHIND_MS + AHEAD_MS));
      if (price !== prices.at(-1)?.price) prices.push({ price, atMs: nowMs });
      settleThrough(nowMs);
    },

    /** What the chart has just painted. */
    look(axis: ShareAxis, labels: readonly ShareLabel[], nowMs: number): void {
      settleThrough(nowMs);
      const next = JSON.stringify([axis, labels]);
      if (next === text) return;
      text = next;
      const places = labels.map((label) => placeOf(axis, label)).filter(({ low }) => low > 0);
      const shares = labels
        .flatMap((label) => meet(placeOf(axis, label), meantBy(label)) ?? [])
        .filter(({ low }) => low > 0);
      now = { axis, shares, places, atMs: nowMs };
      pending.push(now);
    },

    price(nowMs: number): number | null {
      const base = sureBase();
      if (now === null || base === null || widthPx(base, now.axis) > 2 * SURE_PX) return null;
      const span = pricesWithin(nowMs - BEHIND_MS, nowMs);
      const { axis, shares, places } = now;
      const isConfirmed =
        span !== null &&
        (shares.length === 0
          ? stray?.hasMoved === true && placeFor(base, places, span) !== undefined
          : shares.some((share) => {
              const reading = ratio(span, share);
              return meet(reading, base) !== null && widthPx(reading, axis) <= 2 * SURE_PX;
            }));
      // A label that has left the view since then cannot tell of another base.
      if (isConfirmed && isCalm(nowMs)) isKnown = true;
      return isConfirmed || (isKnown && isCalm(nowMs)) ? (base.low + base.high) / 2 : null;
    },
  };
}

const bottomOf = ({ top, perPx, height }: ShareAxis): number => top + perPx * (height - 1);

/** Readings of an axis that stays differ by what rounded ticks leave open. */
const isSameAxis = (a: ShareAxis, b: ShareAxis): boolean =>
  a.height === b.height &&
  Math.max(Math.abs(a.top - b.top), Math.abs(bottomOf(a) - bottomOf(b))) <= SAME_PX * Math.abs(a.perPx);

const meet = (a: Span, b: Span): Span | null => {
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  return low <= high ? { low, high } : null;
};

const ratio = (prices: Span, shares: Span): Span => ({ low: prices.low / shares.high, high: prices.high / shares.low });

const spanOf = (a: number, b: number): Span => ({ low: Math.min(a, b), high: Math.max(a, b) });

/** What a label means by its place. */
function placeOf({ top, perPx, roughPx }: ShareAxis, { y }: ShareLabel): Span {
  const shareAt = (at: number): number => top + perPx * at;
  return spanOf(shareAt(y - ABOVE_PX - roughPx), shareAt(y + BELOW_PX + roughPx));
}

/** What a label means by its text. */
const meantBy = ({ share, step }: ShareLabel): Span => spanOf(share - 0.51 * step, share + 0.51 * step);

/** Where a label stands at which the base has one of these prices. */
const placeFor = (base: Span | null, places: readonly Span[], prices: Span): Span | undefined =>
  places.find((place) => base !== null && meet(ratio(prices, place), base) !== null);

/** How far apart, in pixels, the prices of the pane lie with the one base and with the other, at worst. */
const widthPx = ({ low, high }: Span, axis: ShareAxis): number =>
  (2 * (high - low) * Math.max(Math.abs(axis.top), Math.abs(bottomOf(axis)))) / ((high + low) * Math.abs(axis.perPx));
