/** The part of d3-scale that serves as an oracle; the package brings no types of its own. */
declare module 'd3-scale' {
  interface Scale {
    (value: number): number;
    readonly invert: (value: number) => number;
    domain(ends: readonly [number, number]): this;
    range(ends: readonly [number, number]): this;
  }
  interface SymlogScale extends Scale {
    constant(value: number): this;
  }
  export function scaleLinear(): Scale;
  export function scaleLog(): Scale;
  export function scaleSymlog(): SymlogScale;
}
