/** What the renderers need of a 2D context: they are given one and never find it. */
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const FAMILY = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Arial, sans-serif';
const font = (weight: 400 | 600, size: number): string => `${weight} ${size}px ${FAMILY}`;

export const FONTS = {
  label: font(400, 11.5),
  labelStrong: font(600, 11.5),
  sum: font(400, 11),
  sumStrong: font(600, 11),
  small: font(400, 10),
  figure: font(600, 12),
  price: font(600, 14),
} as const;

/** What draws on a canvas. Only a browser that is out of memory has none. */
export function contextOf(
  canvas: HTMLCanvasElement,
  settings?: CanvasRenderingContext2DSettings,
): CanvasRenderingContext2D;
export function contextOf(
  canvas: OffscreenCanvas,
  settings?: CanvasRenderingContext2DSettings,
): OffscreenCanvasRenderingContext2D;
export function contextOf(canvas: HTMLCanvasElement | OffscreenCanvas, settings?: CanvasRenderingContext2DSettings) {
  const context = canvas.getContext('2d', settings);
  if (context === null) throw new Error('canvas has no 2d context');
  return context;
}

/** One line of text, vertically centred on y, narrowed to `maxWidth` where a wide font would overrun it. */
export function drawText(
  context: Context,
  text: string,
  x: number,
  y: number,
  font: string,
  colour: string,
  align: 'left' | 'right' = 'left',
  maxWidth?: number,
): void {
  context.font = font;
  context.textAlign = align;
  context.textBaseline = 'middle';
  context.fillStyle = colour;
  context.fillText(text, x, y, maxWidth);
}

/** Lines no wider than `width`, broken between words. */
export function wrapText(context: Context, text: string, width: number, font: string): string[] {
  context.font = font;
  const lines: string[] = [];
  let line = '';
  // Behind every space, and where a language writes none, behind every sign.
  for (const word of text.split(/(?<=[ \u3000-\u9fff\uff00-\uffef])/)) {
    const longer = line + word;
    if (line !== '' && context.measureText(longer.trimEnd()).width > width) {
      lines.push(line.trimEnd());
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

export function fillRoundRect(
  context: Context,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number | number[],
  fill: string,
  stroke: string | null,
): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fillStyle = fill;
  context.fill();
  if (stroke === null) return;
  context.beginPath();
  context.roundRect(x + 0.5, y + 0.5, width - 1, height - 1, radius);
  context.strokeStyle = stroke;
  context.lineWidth = 1;
  context.stroke();
}
