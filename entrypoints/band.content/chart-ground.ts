import { FLAG_GAP, FLAG_WIDTH } from '@/lib/render/band-view';
import { contextOf } from '@/lib/render/draw-text';
import { readGround, rgbFromStyle, type ChartGround } from '@/lib/render/read-ground';

const SAMPLE_WIDTH = 48;
const SAMPLE_HEIGHT = 96;
/** A look costs a read-back of the chart's canvas: after the chart has come to rest, or this rarely while it moves. */
const REST_MS = 250;
const MOVING_MS = 10_000;

/** Looks at the chart's own pixels left of the band. */
export interface GroundWatch {
  /** Looks now. */
  look(): void;
  /** The chart has moved: look when it rests. */
  touch(): void;
}

export function watchGround(
  view: Window,
  pane: Element,
  band: () => { readonly bandWidth: number; readonly ratio: number; readonly box: readonly number[] },
  onGround: (ground: ChartGround) => void,
  signal: AbortSignal,
): GroundWatch {
  const sample = pane.ownerDocument.createElement('canvas');
  sample.width = SAMPLE_WIDTH;
  sample.height = SAMPLE_HEIGHT;
  const context = contextOf(sample, { willReadFrequently: true });
  let timer: number | undefined;
  let lookedAt = -Infinity;
  let touchedAt = -Infinity;

  const look = (): void => {
    lookedAt = performance.now();
    const chart = pane.querySelector('canvas');
    if (chart === null || chart.width === 0 || chart.height === 0) return;
    const { bandWidth, ratio, box } = band();
    // A canvas that holds more than the pane.
    const [, height = chart.height / ratio, right = chart.width / ratio] = box;
    const width = Math.round((FLAG_GAP + FLAG_WIDTH) * ratio);
    const left = Math.round((right - bandWidth) * ratio) - width;
    if (left < 0) return onGround({ colour: groundFromStyles(pane), isFree: false });
    const ground = readCanvas(context, chart, left, width, height * ratio);
    onGround(ground.colour === null ? { ...ground, colour: groundFromStyles(pane) } : ground);
  };
  // One timer that looks back, not one restarted with every frame.
  const onTimer = (): void => {
    timer = undefined;
    const nowMs = performance.now();
    if (nowMs - touchedAt < REST_MS && nowMs - lookedAt < MOVING_MS) arm();
    else look();
  };
  const arm = (): void => {
    if (timer === undefined && !signal.aborted) timer = view.setTimeout(onTimer, REST_MS);
  };
  const touch = (): void => {
    touchedAt = performance.now();
    arm();
  };
  signal.addEventListener('abort', () => view.clearTimeout(timer));
  return { look, touch };
}

function readCanvas(
  context: CanvasRenderingContext2D,
  chart: HTMLCanvasElement,
  left: number,
  width: number,
  height: number,
): ChartGround {
  context.clearRect(0, 0, SAMPLE_WIDTH, SAMPLE_HEIGHT);
  context.imageSmoothingEnabled = false;
  try {
    context.drawImage(chart, left, 0, width, height, 0, 0, SAMPLE_WIDTH, SAMPLE_HEIGHT);
    return readGround(context.getImageData(0, 0, SAMPLE_WIDTH, SAMPLE_HEIGHT).data, SAMPLE_WIDTH);
  } catch {
    // A chart that drew a picture of another origin may not be read; it may still be drawn beside.
    return { colour: null, isFree: false };
  }
}

/** The ground of a chart whose canvas is transparent: the nearest opaque background behind it. */
function groundFromStyles(pane: Element): ChartGround['colour'] {
  for (let element: Element | null = pane; element !== null; element = element.parentElement) {
    const colour = rgbFromStyle(getComputedStyle(element).backgroundColor);
    if (colour !== null) return colour;
  }
  return null;
}
