import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';

import { SITE_MATCHES } from './lib/sites/hosts';
import { STREAM_ORIGINS, VENUE_HOSTS } from './lib/venues/hosts';
import { packCatalogues, withShortKeys } from './scripts/bundle/catalogues';
import { copiesApart } from './scripts/bundle/copies-apart';
import { leanFrame } from './scripts/bundle/lean-frame';
import { leanPages, withoutPreload } from './scripts/bundle/lean-pages';
import { minifiedAgain } from './scripts/bundle/minified-again';
import { slimPreact } from './scripts/bundle/slim-preact';
import { slimUplot } from './scripts/bundle/slim-uplot';
import { slimZod } from './scripts/bundle/slim-zod';

/**
 * Names of a script's own objects, which no minifier dares to shorten: no other script sees them, nothing asks for them by a
 * name made at run time, and what pages and browsers hold is called otherwise.
 */
const OWN_NAMES: Readonly<Record<string, RegExp>> = {
  'content-scripts/band.js':
    /^(?:abortController|ageText|atEnd|binsPerCell|card|chipLine|compact|controller|crosshair|dataAtMs|decimal|domains|drawn|emptyText|figure|follow|fromRight|futures|gauge|greys|hasChart|hasSymbol|heat|icon|isBehind|isCardShown|isFree|isHost|isInvalid|isLate|isOverAxis|labelStrong|least|leastText|life|liquidationFeed|listeners|longText|look|margin|measure|mount|move|neutral|nextChangeMs|numbers|offer|onHistory|onInvalidated|onScale|onSettings|onWords|paintStrip|priceText|priceY|readSymbol|readout|room|says|setBandWidth|setBox|shadow|small|sumStrong|sumText|symbolButton|symbolFromChart|symbolFromUrl|tabLine|takerSplit|touch|warn|wash)$/,
  'content-scripts/scale.js':
    /^(?:announce|box|chart|controller|cost|decimals|disagreementPx|dueMs|forgetGone|glance|intercept|isAutoScale|isByLabels|isFirst|isLog|isPercent|isRead|isTimed|isWhole|labels|lowered|mode|moved|observer|otherReading|pane|paneCount|paneIndex|paneOf|priceSources|prices|range|ratio|residualPx|said|sayAgain|scale|shape|skip|slope|source|state|states|symbol|table|text|ticks|times|value|wake|withdraw|written)$/,
};

/** Of our pages and the worker: nothing but our own files, the venues' hosts, and no text that becomes markup or code. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  `connect-src 'self' ${[...new Set(VENUE_HOSTS.map((pattern) => new URL(pattern).origin)), ...STREAM_ORIGINS].join(' ')}`,
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const BAND_SCRIPT = 'content-scripts/band.js';

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  hooks: {
    'build:publicAssets': (_, files) => packCatalogues(files),
    // A content script of its own would carry WXT's whole frame a second time.
    'build:manifestGenerated'(_, { content_scripts = [] }) {
      for (const { js } of content_scripts) if (js?.includes(BAND_SCRIPT) === true) js.push('styles.js');
    },
    // Here and not in the scripts, which would carry the list into every page.
    'entrypoints:resolved'(_, entrypoints) {
      for (const { type, options } of entrypoints) if (type === 'content-script') options.matches = [...SITE_MATCHES];
    },
  },
  vite: () => ({
    plugins: [
      copiesApart,
      withShortKeys,
      preact(),
      withoutPreload,
      slimPreact,
      slimUplot,
      slimZod,
      leanFrame,
      leanPages,
      minifiedAgain(OWN_NAMES),
    ],
    build: { modulePreload: false },
  }),
  manifest: ({ browser, mode }) => ({
    name: 'Liqband',
    description: '__MSG_description__',
    default_locale: 'en',
    // Alt and Shift with a letter: TradingView has none of these, and Chrome suggests four at most.
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+L' } },
      toggle: { suggested_key: { default: 'Alt+Shift+B' }, description: '__MSG_toggle__' },
      'next-style': { suggested_key: { default: 'Alt+Shift+S' }, description: '__MSG_nextStyle__' },
      'next-palette': { suggested_key: { default: 'Alt+Shift+P' }, description: '__MSG_nextPalette__' },
    },
    options_ui: { page: 'dashboard.html#options', open_in_tab: true },
    optional_permissions: ['notifications'],
    permissions: ['storage', 'alarms', 'scripting', 'activeTab', ...(browser === 'firefox' ? [] : ['sidePanel'])],
    host_permissions: [...VENUE_HOSTS],
    // Asked for one site at a time, when the user wants the band there.
    optional_host_permissions: ['https://*/*'],
    // The development server brings its own.
    ...(mode === 'production' ? { content_security_policy: { extension_pages: POLICY } } : {}),
    ...(browser === 'firefox'
      ? {
          sidebar_action: { default_panel: 'dashboard.html', default_title: 'Liqband', open_at_install: false },
          browser_specific_settings: {
            gecko: {
              id: 'liqband@liqband.example',
              strict_min_version: '142.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : {
          minimum_chrome_version: '116',
          message_serialization: 'structured_clone',
          side_panel: { default_path: 'dashboard.html' },
        }),
  }),
});
