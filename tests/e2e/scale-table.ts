/** Where something was measured. */
export interface Place {
  readonly engine: string;
  readonly ratio: number;
  readonly mode: string;
  readonly isInverted: boolean;
  readonly action: string;
}

interface Measured extends Place {
  readonly errorPx: number;
  readonly lagFrames: number;
}

/** Worst distances and lags of a run; `columns` in their order. */
export function createScaleTable(columns: readonly string[]) {
  const all: Measured[] = [];

  return {
    note: (place: Place, errorPx: number, lagFrames = 0): void => void all.push({ ...place, errorPx, lagFrames }),
    /** Of an engine at a ratio, what stood further off than it may, or came late. */
    faults: (engine: string, ratio: number, tolerancePx: number): string[] =>
      all
        .filter((each) => each.engine === engine && each.ratio === ratio)
        .filter(({ errorPx, lagFrames }) => errorPx > tolerancePx || lagFrames > 0)
        .map((each) => `${rowOf(each)}, ${each.action}: ${each.errorPx} px, ${each.lagFrames} frames late`),
    /** As Markdown, the worst of each cell: a row per engine, the modes and what was done as columns. */
    byEngine: (): string =>
      tableOf(
        columns,
        all,
        ({ engine }) => engine,
        ({ mode, action }) => [mode, action],
      ),
    /** As Markdown, every cell: a row per engine, ratio, mode and side, what was done as columns. */
    whole: (): string => tableOf(columns, all, rowOf, ({ action }) => [action]),
  };
}

const rowOf = ({ engine, ratio, mode, isInverted }: Place): string =>
  `${engine}, ${ratio}, ${mode}${isInverted ? ', inverted' : ''}`;

function tableOf(
  names: readonly string[],
  all: readonly Measured[],
  rowName: (each: Measured) => string,
  columnNames: (each: Measured) => readonly string[],
): string {
  const measured = new Set(all.flatMap(columnNames));
  const columns = names.filter((name) => measured.has(name));
  const rows = new Map<string, Map<string, Measured[]>>();
  for (const each of all) {
    const cells = rows.get(rowName(each)) ?? new Map<string, Measured[]>();
    rows.set(rowName(each), cells);
    for (const column of columnNames(each)) cells.set(column, [...(cells.get(column) ?? []), each]);
  }
  const lines = [...rows].map(([name, cells]) => [name, ...columns.map((column) => written(cells.get(column) ?? []))]);
  const head = ['', ...columns];
  return [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** Pixels, and frames where any were late. */
function written(measured: readonly Measured[]): string {
  if (measured.length === 0) return '';
  const worstPx = Math.max(...measured.map(({ errorPx }) => errorPx));
  const late = Math.max(...measured.map(({ lagFrames }) => lagFrames));
  const px = worstPx < 0.005 ? '0' : worstPx.toFixed(2);
  return late === 0 ? px : `${px}, ${late} late`;
}
