import path from 'node:path';

import { defineConfig } from 'vitest/config';

/** Tests that measure what happens in every painted frame, or compare the pointer's effect step by step: no second try. */
const FRAMES = ['harmless', 'layout', 'scale'].map((name) => `tests/e2e/${name}.test.ts`);

export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  resolve: { alias: { '@': path.resolve(import.meta.dirname, '../..') } },
  test: {
    globalSetup: ['tests/e2e/build.ts'],
    testTimeout: process.env['LIQBAND_MATRIX'] === 'whole' ? 900_000 : 600_000,
    hookTimeout: 600_000,
    projects: [
      {
        extends: true,
        test: { name: 'frames', include: FRAMES, maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: 'states',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: FRAMES,
          // These wait for states and compare them, whatever the pace.
          maxWorkers: 2,
          // A busy machine may let one miss a passing state, so it gets a second try, which the run's end names.
          retry: 1,
          sequence: { groupOrder: 0 },
        },
      },
    ],
  },
});
