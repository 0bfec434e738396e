import type { PixelPicture } from './band-view';
import { contextOf, type Context } from './draw-text';
import { HEAT_STEPS } from './heat-scale';
import type { HeatTables } from './palette';
import { createPicture } from './pixel-picture';
import { createSprites, type Sprites } from './sprites';

/** Rows that are painted beyond the pane at either end while the chart moves, device pixels. */
const STRIP_MARGIN = 320;

/** A canvas whose bitmap has exactly the device pixels that it covers on screen. */
export interface Surface {
  readonly context: Context;
  /** CSS pixels; zero until the first layout. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly ratioX: number;
  readonly ratioY: number;
  /**
   * A picture as tall as the bitmap and that wide in device pixels, a strip's single column with rows beyond; the same one
   * until another is asked for.
   */
  picture(width: number): PixelPicture;
  readonly sprites: Sprites;
  /** Has the browser tell the size again at the end of the frame that is going on: behind every callback, before paint. */
  measure(): void;
}

/**
 * Follows the element's size without ever asking for it: the browser tells the exact device pixels after layout and
 * before paint, so `onMeasured` can draw into the very frame that shows the new size.
 */
export function createSurface(
  view: Window & typeof globalThis,
  canvas: HTMLCanvasElement,
  onMeasured: (isResized: boolean) => void,
  signal: AbortSignal,
): Surface {
  const context = contextOf(canvas);
  let picture = createPicture(1, 1);
  let measured = '';
  const surface = {
    context,
    width: 0,
    height: 0,
    ratioX: 1,
    ratioY: 1,
    sprites: createSprites(createPainter()),
    picture(width: number) {
      const rows = Math.max(1, canvas.height);
      if (picture.width !== width || picture.rows !== rows)
        picture = createPicture(width, rows, width > 1 ? 0 : STRIP_MARGIN, width > 1);
      return picture;
    },
    measure() {
      observer.unobserve(canvas);
      observer.observe(canvas, { box: 'device-pixel-content-box' });
    },
  };

  const observer = new view.ResizeObserver((entries) => {
    const entry = entries[entries.length - 1];
    const css = entry.contentBoxSize[0];
    const [exact] = entry.devicePixelContentBoxSize;
    const bitmapWidth = devicePixels(css.inlineSize, exact.inlineSize, view.devicePixelRatio);
    const bitmapHeight = devicePixels(css.blockSize, exact.blockSize, view.devicePixelRatio);
    const size = [css.inlineSize, css.blockSize, bitmapWidth, bitmapHeight].join();
    if (size === measured) return onMeasured(false);
    measured = size;
    surface.width = css.inlineSize;
    surface.height = css.blockSize;
    surface.ratioX = css.inlineSize > 0 ? bitmapWidth / css.inlineSize : 1;
    surface.ratioY = css.blockSize > 0 ? bitmapHeight / css.blockSize : 1;
    Object.assign(canvas, { width: bitmapWidth, height: bitmapHeight });
    onMeasured(true);
  });
  surface.measure();
  signal.addEventListener('abort', () => observer.disconnect());
  return surface;
}

/** The browser's own count; under an emulated ratio it leaves the ratio out and is of no use. */
function devicePixels(css: number, exact: number, ratio: number): number {
  const rounded = Math.round(css * ratio);
  return Math.abs(exact - rounded) <= 1 ? exact : rounded;
}

/** Both ramps of opaque tables as a picture, the shorts' above the longs'. */
export function createLegendImage(tables: HeatTables): CanvasImageSource {
  const picture = createPicture(HEAT_STEPS, 2);
  picture.pixels.set(tables.short);
  picture.pixels.set(tables.long, HEAT_STEPS);
  return picture.put();
}

/** Paints bitmaps, which are copied twice as fast as a canvas, all on one canvas, which costs more to make than to paint on. */
function createPainter() {
  const canvas = new OffscreenCanvas(1, 1);
  const context = contextOf(canvas);
  return (width: number, height: number, paint: (context: Context) => void): CanvasImageSource => {
    Object.assign(canvas, { width, height });
    paint(context);
    return canvas.transferToImageBitmap();
  };
}
