/**
 * What the script in the page's own world tells the content script about one chart, as plain numbers and strings.
 * It crosses as the JSON text of a CustomEvent dispatched on the chart's pane element, because that is delivered
 * at once: a posted message would arrive a frame late. The page can forge it; the guard only keeps it harmless.
 */
export const SCALE_EVENT = 'liqband:scale';
/** The content script asks for a fresh reading of every chart; dispatched on the top document. */
export const SCALE_REQUEST_EVENT = 'liqband:scale-request';
/** The content script wants the page left alone: nothing is read and nothing stays hooked until the next request. */
export const SCALE_STOP_EVENT = 'liqband:scale-stop';

export type ScaleMessage =
  | {
      readonly state: 'ready';
      readonly source: 'api' | 'labels';
      /** The chart's own symbol as it spells it; empty where unknown. */
      readonly symbol: string;
      /** Pane height in CSS pixels, may be fractional. */
      readonly height: number;
      /** 0 normal, 1 log, 2 percent, 3 indexed. */
      readonly mode: 0 | 1 | 2 | 3;
      /**
       * Prices at equally spaced y from 0 to height - 1, both ends included; strictly monotone.
       * Two of them with the mode describe a formula, 33 a sampled scale.
       */
      readonly prices: readonly number[];
      /** How far, in pixels, the second way of reading the scale disagrees with the first; null where there is no second way. */
      readonly disagreementPx: number | null;
    }
  | {
      readonly state: 'absent';
      readonly symbol: string;
      /** For the log and the reason shown: no API, range not ready, labels do not fit, ... */
      readonly detail: string;
    };

/** Longest text that is looked at, and most prices in it: what a page may make the content script chew on. */
const MAX_TEXT = 8_192;
const MAX_PRICES = 129;

/** Reads the detail of a scale event; null for anything but a well-formed message with usable numbers. */
export function parseScaleMessage(text: string): ScaleMessage | null {
  if (typeof text !== 'string' || text.length > MAX_TEXT) return null;
  const raw = parseObject(text);
  if (raw === null) return null;
  const { state, symbol } = raw;
  if (typeof symbol !== 'string') return null;
  if (state === 'absent') {
    return typeof raw['detail'] === 'string' ? { state, symbol, detail: raw['detail'] } : null;
  }
  const { source, height, mode, prices, disagreementPx } = raw;
  if (state !== 'ready' || (source !== 'api' && source !== 'labels')) return null;
  if (mode !== 0 && mode !== 1 && mode !== 2 && mode !== 3) return null;
  if (!isNumber(height) || height <= 1 || !isMonotone(prices)) return null;
  if (disagreementPx !== null && !(isNumber(disagreementPx) && disagreementPx >= 0)) return null;
  return { state, source, symbol, height, mode, prices, disagreementPx };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);

function isMonotone(prices: unknown): prices is number[] {
  if (!Array.isArray(prices) || prices.length < 2 || prices.length > MAX_PRICES || !prices.every(isNumber))
    return false;
  const sign = Math.sign(prices[1] - prices[0]);
  return sign !== 0 && prices.every((price, i) => i === 0 || Math.sign(price - prices[i - 1]) === sign);
}
