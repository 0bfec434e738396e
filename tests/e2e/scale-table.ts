interface Cell {
  worstPx: number;
  lagFrames: number;
  isHidden: boolean;
}

/** Worst distances and lags of a run, a row per engine and pixel ratio. */
export function createScaleTable(columns: readonly string[]) {
  const rows = new Map<string, Map<string, Cell>>();

  return {
    row(name: string, tolerancePx: number) {
      const cells = new Map<string, Cell>();
      rows.set(name, cells);
      const cellOf = (column: string): Cell => {
        const cell = cells.get(column) ?? { worstPx: 0, lagFrames: 0, isHidden: false };
        cells.set(column, cell);
        return cell;
      };
      return {
        note(column: string, errorPx: number, lagFrames = 0): void {
          const cell = cellOf(column);
          cell.worstPx = Math.max(cell.worstPx, errorPx);
          cell.lagFrames = Math.max(cell.lagFrames, lagFrames);
        },
        hide(column: string): void {
          cellOf(column).isHidden = true;
        },
        /** What stood further off than it may, or came late. */
        faults: (): string[] =>
          [...cells]
            .filter(([, { worstPx, lagFrames }]) => worstPx > tolerancePx || lagFrames > 0)
            .map(([column, { worstPx, lagFrames }]) => `${column}: ${worstPx} px, ${lagFrames} frames late`),
      };
    },
    /** As Markdown: pixels, and frames where any were late. */
    text(): string {
      const lines = [...rows].map(([name, cells]) => [name, ...columns.map((column) => written(cells.get(column)))]);
      const head = ['Engine, pixel ratio', ...columns];
      return [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
    },
  };
}

function written(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (cell.isHidden) return 'hidden';
  const px = cell.worstPx < 0.005 ? '0' : cell.worstPx.toFixed(2);
  return cell.lagFrames === 0 ? px : `${px}, ${cell.lagFrames} late`;
}
