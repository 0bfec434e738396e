import preact from '@preact/preset-vite';
import { minify } from 'terser';
import { defineConfig } from 'wxt';

import { VENUE_HOSTS } from './lib/venues/hosts';

/** An extension's pages load from disk, and their lazy scripts bring no sheets: preloading them only costs bytes. */
const withoutPreload = {
  name: 'without-preload',
  enforce: 'pre' as const,
  transform: (_code: string, id: string) =>
    id.includes('vite/preload-helper') ? { code: 'export const __vitePreload = (load) => load();', map: null } : null,
};

/** uPlot hangs every way to draw a series on itself, so that none falls away: of its own only lines are used here. */
const plottingLines = {
  name: 'plotting-lines',
  transform: (code: string, id: string) =>
    id.includes('uPlot.esm')
      ? { code: code.replaceAll(/\(?(?:paths\.(?:stepped|bars|spline)|uPlot\.join) *= \w+\)?;/g, ''), map: null }
      : null,
};

/** What the bundler has minified becomes another two per cent smaller, which neither of the two reaches alone. */
const minifiedAgain = {
  name: 'minified-again',
  apply: 'build' as const,
  async generateBundle(_: unknown, bundle: Record<string, { type: string; code?: string }>) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk' || chunk.code === undefined) continue;
      const { code } = await minify(chunk.code, {
        module: true,
        ecma: 2020,
        compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true },
      });
      if (code !== undefined) chunk.code = code;
    }
  },
};

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  vite: () => ({
    plugins: [preact(), withoutPreload, plottingLines, minifiedAgain],
    build: { modulePreload: false },
  }),
  manifest: ({ browser }) => ({
    name: 'Liqband',
    description:
      'Where leveraged futures positions would be liquidated, in dollars, beside the price axis of your chart',
    permissions: ['storage', 'alarms'],
    host_permissions: [...VENUE_HOSTS],
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'liqband@liqband.example',
              strict_min_version: '128.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { minimum_chrome_version: '116', message_serialization: 'structured_clone' }),
  }),
});
