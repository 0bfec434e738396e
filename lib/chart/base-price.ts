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

/** The axis at one moment, and what its labels can mean. */
interface Look {
  readonly axis: ShareAxis;
  readonly marks: readonly Mark[];
  readonly atMs: number;
}

interface Mark {
  /** Of the price, by the ticks. */
  readonly share: Span;
  /** By which it is seen to move. */
  readonly text: Span;
}

/** A base that one of the labels would have if it were the last price's. */
interface Guess {
  readonly base: Span;
  /** What that label said when the price had moved last. */
  readonly text: Span;
  readonly prices: Span;
  readonly moves: number;
}

/** A label's middle lies so far above and below the price's place: libraries round it to pixels, some of them half a one lower. */
const ABOVE_PX = 1;
const BELOW_PX = 0.5;
const SAME_PX = 0.3;
/** Ticks further off than this stand on whole pixels. */
const ROUNDED_PX = 0.2;
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
 * KLineChart leaves its ticks, old base and all, until its highest or lowest price changes; only its labels' texts use the new
 * base. It is recognised by ticks on whole pixels, and it moves no label aside: where no label agrees with the ticks, places count.
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

  /** All prices that the chart may have had at these times; null before the first. */
  function pricesWithin(fromMs: number, toMs: number): Span | null {
    const before = prices.findLastIndex(({ atMs }) => atMs <= fromMs);
    const within = prices.filter(({ atMs }, i) => i >= before && atMs <= toMs).map(({ price }) => price);
    return within.length === 0 ? null : { low: Math.min(...within), high: Math.max(...within) };
  }

  function settle({ axis, marks, atMs }: Look): void {
    settled = axis;
    const span = pricesWithin(atMs - BEHIND_MS, atMs + AHEAD_MS);
    if (span === null || marks.length === 0) return;
    const isCalm = atMs - touchedMs > CALM_MS;
    const kept = guesses.flatMap((guess) =>
      marks.flatMap(({ share, text }): Guess[] => {
        const base = meet(guess.base, ratio(span, share));
        if (base === null) return [];
        const hasMoved = isCalm && meet(guess.text, text) === null && meet(guess.prices, span) === null;
        return [hasMoved ? { base, text, prices: span, moves: guess.moves + 1 } : { ...guess, base }];
      }),
    );
    guesses =
      kept.length > 0
        ? kept.slice(0, MAX_GUESSES)
        : marks.map(({ share, text }) => ({ base: ratio(span, share), text, prices: span, moves: 0 }));
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
      now = { axis, marks: marksOf(axis, labels), atMs: nowMs };
      pending.push(now);
    },

    price(nowMs: number): number | null {
      const sure = guesses.filter(({ moves }) => moves >= MOVES).map(({ base }) => base);
      if (now === null || sure.length === 0) return null;
      const base = { low: Math.min(...sure.map(({ low }) => low)), high: Math.max(...sure.map(({ high }) => high)) };
      if (widthPx(base, now.axis) > 2 * SURE_PX) return null;
      const span = pricesWithin(nowMs - BEHIND_MS, nowMs);
      const { axis, marks } = now;
      const isConfirmed = marks.some(({ share }) => {
        const reading = span && ratio(span, share);
        return reading && meet(reading, base) && widthPx(reading, axis) <= 2 * (SURE_PX + axis.roughPx);
      });
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

/** What labels mean: those whose place agrees with their text; one that disagrees was moved aside, or the ticks are old. */
function marksOf(axis: ShareAxis, labels: readonly ShareLabel[]): readonly Mark[] {
  const all = labels.map((label) => ({ share: placeOf(axis, label), text: meantBy(label) }));
  const sound = all.flatMap(({ share, text }) => {
    const both = meet(share, text);
    return both ? [{ share: both, text: both }] : [];
  });
  const marks = sound.length === 0 && axis.roughPx > ROUNDED_PX ? all : sound;
  return marks.filter(({ share }) => share.low > 0);
}

/** What a label means by its place. */
function placeOf({ top, perPx, roughPx }: ShareAxis, { y }: ShareLabel): Span {
  const shareAt = (at: number): number => top + perPx * at;
  return spanOf(shareAt(y - ABOVE_PX - roughPx), shareAt(y + BELOW_PX + roughPx));
}

/** What a label means by its text. */
const meantBy = ({ share, step }: ShareLabel): Span => spanOf(share - 0.51 * step, share + 0.51 * step);

/** How far apart, in pixels, the prices of the pane lie with the one base and with the other, at worst. */
const widthPx = ({ low, high }: Span, axis: ShareAxis): number =>
  (2 * (high - low) * Math.max(Math.abs(axis.top), Math.abs(bottomOf(axis)))) / ((high + low) * Math.abs(axis.perPx));
