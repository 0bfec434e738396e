// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';

import type uPlot from 'uplot';
import { expect, it, vi } from 'vitest';

import { slimUplot, UPLOT_FACTS } from '@/scripts/bundle/slim-uplot';

const FILE = 'node_modules/uplot/dist/uPlot.esm.js';
const code = readFileSync(FILE, 'utf8');

it('states nothing that the installed uPlot no longer asks', () => {
  const unused = UPLOT_FACTS.map(([what]) => what).filter((what) => code.match(what) === null);
  expect(unused).toEqual([]);
});

it('leaves a plot that draws its lines and tells where the cursor is', async () => {
  const slim = slimUplot.transform(code, FILE)?.code.replace(/export \{.*\};/, 'return uPlot;');
  const drawn: string[] = [];
  const context = new Proxy({}, { get: (_, name) => () => drawn.push(String(name)), set: () => true });
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as CanvasRenderingContext2D);
  const line: (readonly [number, number])[] = [];
  vi.stubGlobal(
    'Path2D',
    class {
      rect() {}
      moveTo() {}
      lineTo(x: number, y: number) {
        line.push([Math.round(x), Math.round(y)]);
      }
    },
  );
  const Slim = runInThisContext(`(() => {${slim}})()`) as typeof uPlot;
  const seen: (number | undefined)[] = [];
  const plot = new Slim(
    {
      width: 100,
      height: 50,
      padding: [0, 0, 0, 0],
      legend: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: { x: { time: false, range: () => [0, 10] }, usd: { range: () => [0, 5] } },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      series: [{}, { scale: 'usd', stroke: 'red', points: { show: false } }],
      hooks: { setCursor: [({ cursor }) => seen.push(cursor.left)] },
    },
    [
      [0, 5, 10],
      [0, 5, 0],
    ],
    document.body,
  );
  await vi.waitFor(() => expect(drawn).toContain('stroke'));
  // What follows closes the shape that would be filled.
  expect(line.slice(0, 3)).toEqual([
    [0, 50],
    [50, 0],
    [100, 50],
  ]);
  plot.setCursor({ left: 40, top: 10 });
  plot.over.dispatchEvent(new MouseEvent('mousemove', { clientX: 70, clientY: 5 }));
  plot.over.dispatchEvent(new MouseEvent('mouseleave'));
  expect(seen.slice(-3)).toEqual([40, 70, -10]);
  plot.destroy();
  expect(document.querySelector('.uplot')).toBeNull();
});
