/** A drawing area with logarithmic or linear axes, as text: enough for the figures of docs/fidelity.md. */
export interface Plot {
  line(points: readonly (readonly [x: number, y: number])[], colour: string): void;
  bar(x: number, y: number, width: number, height: number, colour: string): void;
  /** At data coordinates. */
  text(x: number, y: number, words: string, colour?: string, anchor?: 'start' | 'middle' | 'end'): void;
  toSvg(): string;
}

export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly label: string;
  readonly format: (value: number) => string;
  readonly isLog?: boolean;
}

const WIDTH = 640;
const HEIGHT = 360;
const MARGIN = { left: 64, right: 16, top: 28, bottom: 44 };
const INK = '#57606a';
const GRID = '#d0d7de';

export const SERIES = ['#0969da', '#bc4c00', '#1a7f37', '#8250df'] as const;

export function createPlot(title: string, x: Axis, y: Axis): Plot {
  const shapes: string[] = [];
  const place = ({ from, to, isLog }: Axis, value: number, start: number, length: number): number => {
    const at = isLog ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
    return Math.round((start + at * length) * 10) / 10;
  };
  const atX = (value: number): number => place(x, value, MARGIN.left, WIDTH - MARGIN.left - MARGIN.right);
  const atY = (value: number): number => place(y, value, HEIGHT - MARGIN.bottom, MARGIN.top + MARGIN.bottom - HEIGHT);
  const write = (px: number, py: number, words: string, colour: string, anchor: string): void => {
    shapes.push(`<text x="${px}" y="${py}" fill="${colour}" text-anchor="${anchor}">${words}</text>`);
  };
  write(MARGIN.left, 16, title, INK, 'start');
  for (const tick of x.ticks) {
    shapes.push(`<path d="M${atX(tick)} ${MARGIN.top}V${HEIGHT - MARGIN.bottom}" stroke="${GRID}"/>`);
    write(atX(tick), HEIGHT - MARGIN.bottom + 16, x.format(tick), INK, 'middle');
  }
  for (const tick of y.ticks) {
    shapes.push(`<path d="M${MARGIN.left} ${atY(tick)}H${WIDTH - MARGIN.right}" stroke="${GRID}"/>`);
    write(MARGIN.left - 6, atY(tick) + 4, y.format(tick), INK, 'end');
  }
  write((MARGIN.left + WIDTH - MARGIN.right) / 2, HEIGHT - 8, x.label, INK, 'middle');
  write(WIDTH - MARGIN.right, 16, y.label, INK, 'end');
  return {
    line: (points, colour) => {
      const path = points.map(([px, py]) => `${atX(px)} ${atY(py)}`).join('L');
      shapes.push(`<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2"/>`);
    },
    bar: (px, py, width, height, colour) => {
      const [left, right] = [atX(px), atX(px + width)];
      const [bottom, top] = [atY(py), atY(py + height)];
      const rect = `x="${left}" y="${top}" width="${(right - left).toFixed(1)}" height="${(bottom - top).toFixed(1)}"`;
      shapes.push(`<rect ${rect} fill="${colour}"/>`);
    },
    text: (px, py, words, colour = INK, anchor = 'start') => write(atX(px), atY(py), words, colour, anchor),
    toSvg: () =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">` +
      `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>${shapes.join('')}</svg>\n`,
  };
}
