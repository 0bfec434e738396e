import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';

import { VENUE_HOSTS } from './lib/venues/hosts';

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  vite: () => ({ plugins: [preact()] }),
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
