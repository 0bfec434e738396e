// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { inLanguage } from '@/components/panel/in-language';
import { t } from '@/lib/i18n/words';

await vi.hoisted(async () => {
  const { fakeBrowser } = await import('wxt/testing/fake-browser');
  Object.assign(globalThis, { browser: fakeBrowser });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('draws in the browser’s language where the settings cannot be read', async () => {
  vi.spyOn(fakeBrowser.storage.local, 'get').mockRejectedValue(new Error('the disk refuses'));
  vi.stubGlobal('fetch', async () => Response.json({ 'export.title': 'Export' }));
  vi.stubGlobal('navigator', { languages: ['en-GB'] });
  const drawn: string[] = [];
  inLanguage(() => drawn.push(t('export.title')));
  await vi.waitFor(() => expect(drawn).toEqual(['Export']));
  expect(document.documentElement.lang).toBe('en');
});
