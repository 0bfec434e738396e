/**
 * What the script in the page's own world tells the content script about one chart, as plain numbers and strings.
 * It crosses as the JSON text of a CustomEvent dispatched on the chart's pane element, because that is delivered
 * at once: a posted message would arrive a frame late. The page can forge it; the guard only keeps it harmless.
 */
export const SCALE_EVENT = 'liqband:scale';
/** The content script asks for a fresh reading of every chart; dispatched on the top document. */
export const SCALE_REQUEST_EVENT = 'liqband:scale-request';

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
