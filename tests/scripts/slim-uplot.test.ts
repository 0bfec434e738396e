import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { UPLOT_FACTS } from '@/scripts/slim-uplot';

it('states nothing that the installed uPlot no longer asks', () => {
  const code = readFileSync('node_modules/uplot/dist/uPlot.esm.js', 'utf8');
  const unused = UPLOT_FACTS.map(([what]) => what).filter((what) => code.match(what) === null);
  expect(unused).toEqual([]);
});
