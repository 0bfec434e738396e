/**
 * What the script in the page's own world tells the content script about one chart.
 * It crosses as the text of a CustomEvent dispatched on the chart's pane element, because that is delivered at once:
 * a posted message would arrive a frame late. The page can forge it; the guard only keeps it harmless.
 */
export const SCALE_EVENT = 'liqband:scale';
/** The content script asks for a fresh reading of every chart; dispatched on the top document. */
export const SCALE_REQUEST_EVENT = 'liqband:scale-request';
/** Detail of that request where it wants to know where the bars stand, too; else it has none. */
export const WITH_TIMES = 'times';
/** The content script wants the page left alone: nothing is read and nothing stays hooked until the next request. */
export const SCALE_STOP_EVENT = 'liqband:scale-stop';

/** As a message: there is no chart at this element any more. */
export const GONE = 'absent\n\ngone';

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
       * Prices at equally spaced y from 0 to height - 1, both ends included. With labels what the axis
       * says: percent in mode 2.
       * Two of them with the mode describe a formula, 33 a sampled scale.
       */
      readonly prices: readonly number[];
      /** The API's visible range, bottom and top, by which the prices are checked; empty where they are made of it, and with labels. */
      readonly range: readonly number[];
      /** How far, in pixels, labels and their fit disagree; null with the API. */
      readonly disagreementPx: number | null;
      /**
       * What the axis has written on it beside its ticks, each value followed by its y: the last price, orders, alerts.
       * Only read with labels, where they alone tell prices from percent and an index; empty where there are none.
       */
      readonly written: readonly number[];
      /** By what all prices are to be multiplied if labels like `68.250` mean whole numbers, or the reverse; 1 where they are plain. */
      readonly otherReading?: number;
      /** Where in its element the pane lies if that holds more: top, height and right edge in CSS pixels; else empty. Only with labels. */
      readonly box?: readonly number[];
      /** Where the bars stand, as `barTimesFromNumbers` takes it; empty where that was not asked for or is not known. */
      readonly times?: readonly number[];
    }
  | {
      readonly state: 'absent';
      readonly symbol: string;
    };

type Ready = Extract<ScaleMessage, { readonly state: 'ready' }>;
type LeftOut = 'disagreementPx' | 'written' | 'range';

/** As it is sent: without what would be empty. */
export type SentScaleMessage = Exclude<ScaleMessage, Ready> | (Omit<Ready, LeftOut> & Partial<Pick<Ready, LeftOut>>);

/** Longest text that is looked at, and most numbers in a field: all labels of an axis, but no more for the content script to chew on. */
const MAX_TEXT = 8_192;
const MAX_NUMBERS = 400;

const SOURCES = { api: 'api', labels: 'labels' } as const;
/** Between fields; a page's own texts lose it. */
const SEPARATOR = '\n';

/** As text: fields in lines, prices between commas. It is made and read in every frame of a moving chart. */
export function formatScaleMessage(message: SentScaleMessage): string {
  // One that is absent has the first two.
  const { state, symbol, source, height, mode, disagreementPx, prices, written, range, times, otherReading, box } =
    message as Partial<Ready> & SentScaleMessage;
  const named = symbol.replaceAll(SEPARATOR, ' ');
  return [state, named, source, height, mode, disagreementPx, prices, written, range, times, otherReading, box].join(
    SEPARATOR,
  );
}

/** Reads the detail of a scale event; null for anything but a well-formed message with usable numbers. */
export function parseScaleMessage(text: string): ScaleMessage | null {
  if (typeof text !== 'string' || text.length > MAX_TEXT) return null;
  const fields = text.split(SEPARATOR);
  const [state, symbol] = fields;
  if (state === 'absent' && symbol !== undefined) return { state, symbol };
  if (state !== 'ready' || fields.length !== 12) return null;
  const source = SOURCES[fields[2] as keyof typeof SOURCES];
  const height = numberOf(fields[3]);
  const mode = numberOf(fields[4]);
  const disagreementPx = fields[5] === '' ? null : numberOf(fields[5]);
  if (source === undefined || (mode !== 0 && mode !== 1 && mode !== 2 && mode !== 3)) return null;
  if (!(height > 1) || !(disagreementPx === null || disagreementPx >= 0)) return null;
  const prices = numbersOf(fields[6]);
  const written = numbersOf(fields[7]);
  const range = numbersOf(fields[8]);
  if (prices === null || prices.length < 2 || written === null) return null;
  const times = numbersOf(fields[9]);
  if (range?.length !== 0 && range?.length !== 2) return null;
  const box = numbersOf(fields[11]);
  if (times === null || box === null) return null;
  const otherReading = Number(fields[10]) || 1;
  return { state, source, symbol, height, mode, prices, range, disagreementPx, written, times, otherReading, box };
}

/** NaN for what is no finite number. */
function numberOf(text: string): number {
  const value = text === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : NaN;
}

function numbersOf(text: string): readonly number[] | null {
  const numbers = text === '' ? [] : text.split(',', MAX_NUMBERS + 1).map(numberOf);
  return numbers.length > MAX_NUMBERS || numbers.includes(NaN) ? null : numbers;
}
