import os from 'node:os';
import path from 'node:path';

import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [preact()],
  resolve: { alias: { '@': path.resolve(import.meta.dirname) } },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**'],
    setupFiles: ['tests/english.ts'],
    testTimeout: 60_000,
    // By default one core is left idle, which is half of two.
    maxWorkers: os.availableParallelism(),
  },
});
