import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';

import { VENUE_HOSTS } from './lib/venues/hosts';

/** An extension's pages load from disk, and their lazy scripts bring no sheets: preloading them only costs bytes. */
const withoutPreload = {
  name: 'without-preload',
  enforce: 'pre' as const,
  transform: (_code: string, id: string) =>
    id.includes('vite/preload-helper') ? { code: 'export const __vitePreload = (load) => load();', map: null } : null,
};

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  vite: () => ({ plugins: [preact(), withoutPreload], build: { modulePreload: false } }),
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
