import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import preact from '@preact/preset-vite';
import { minify } from 'terser';
import { defineConfig } from 'wxt';

import { packWords } from './lib/i18n/pack-words';
import type { Words } from './lib/i18n/words';
import { SITE_MATCHES } from './lib/sites/hosts';
import { STREAM_ORIGINS, VENUE_HOSTS } from './lib/venues/hosts';
import { readSources, shortenKeys, shortKeysOf } from './scripts/short-keys';
import { slimUplot } from './scripts/slim-uplot';
import { slimZod } from './scripts/slim-zod';

/** An extension's pages load from disk, and their lazy scripts bring no sheets: preloading them only costs bytes. */
const withoutPreload = {
  name: 'without-preload',
  enforce: 'pre' as const,
  transform: (_code: string, id: string) =>
    id.includes('vite/preload-helper') ? { code: 'export const __vitePreload = (load) => load();', map: null } : null,
  generateBundle: {
    order: 'post' as const,
    handler(_: unknown, bundle: Record<string, { type: string; code?: string }>) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.code === undefined) continue;
        chunk.code = chunk.code
          .replace(/const __vite__mapDeps=.*?\bd\[i\]\);\n/, '')
          .replaceAll(/,__vite__mapDeps\(\[[\d,]*\]\)/g, '');
      }
    },
  },
};

/**
 * Of WXT's frame around a content script the signal of its end and the newcomer's call are used, no timers and no watch of
 * addresses: a class's methods do not fall away by themselves.
 */
const leanFrame = {
  name: 'lean-frame',
  apply: 'build' as const,
  transform(code: string, id: string) {
    if (id.includes('utils/internal/custom-events'))
      return { code: code.replace(/var (\w+) = class[^]*?\n\};/, 'const $1 = null;'), map: null };
    // What catches only to log where there is no log, and waits though nobody does for it.
    if (/(?:content|unlisted)-script\S*-entrypoint/.test(id))
      return {
        code: code
          .replaceAll(/try \{([^]*?)\} catch \(err\) \{[^]*?throw err;\s+\}/g, '$1')
          .replace(/if \(result instanceof Promise\)[^]*?\}\);/, '')
          .replace(
            /const \{ main, \.\.\.options \} = definition;\s+return await main\((.*), options\)/,
            'definition.main($1)',
          )
          .replace('return await definition.main()', 'definition.main()')
          .replace('async () =>', '() =>'),
        map: null,
      };
    // The manifest has them by then.
    if (/entrypoints\/\w+\.content/.test(id))
      return { code: code.replaceAll(/\n\s*(?:matches|world|runAt|allFrames|noScript\w+): .*,/g, ''), map: null };
    if (!id.includes('utils/content-script-context')) return null;
    const lean = code
      .replace(/\n\t(?:id|locationWatcher.*|abortController);/g, '')
      // Nothing is told to the page, see the script's options.
      .replace(/\n\t\tif \(!this\.options\?\.noScript[^]*?"\*"\);/, '')
      .replaceAll(/\n\t(?:block|set\w+|request\w+|addEventListener|get isValid)\(.*\) \{[^]*?\n\t\}/g, '')
      // Names that it alone uses, which no minifier dares to shorten.
      .replaceAll(
        /\b(?:SCRIPT_STARTED_MESSAGE_TYPE|contentScriptName|messageId|(?:stopOld|verifyScript|listenForNewer|notifyInvalid)\w+)/g,
        (name) => name.slice(0, 2),
      )
      .replace('"Content script context invalidated"', '')
      .replace('this.options = options;', '');
    return { code: lean, map: null };
  },
};

const ENGLISH = JSON.parse(readFileSync('public/words/en.json', 'utf8')) as Words;
const SHORT_KEYS = shortKeysOf(ENGLISH, readSources('.'));

const withShortKeys = {
  name: 'short-keys',
  enforce: 'pre' as const,
  transform: (code: string, id: string) =>
    /[\\/](?:components|entrypoints|lib)[\\/].*\.tsx?\b/.test(id) && !id.includes('node_modules')
      ? { code: shortenKeys(code, SHORT_KEYS), map: null }
      : null,
};

/** Pages are shipped without their comments and indents. */
const leanPages = {
  name: 'lean-pages',
  apply: 'build' as const,
  transformIndexHtml: (html: string) => html.replaceAll(/<!--[^]*?-->/g, '').replaceAll(/\n\s+/g, '\n'),
};

/**
 * Names of a script's own objects, which no minifier dares to shorten: no other script sees them, nothing asks for them by a
 * name made at run time, and what pages and browsers hold is called otherwise.
 */
const OWN_NAMES: Readonly<Record<string, RegExp>> = {
  'content-scripts/band.js':
    /^(?:abortController|binsPerCell|dataAtMs|drawn|emptyText|fromRight|hasChart|hasSymbol|isFree|isCardShown|isHost|isInvalid|isOverAxis|labelStrong|leastText|liquidationFeed|longText|nextChangeMs|onHistory|onInvalidated|onScale|onSettings|onWords|priceText|readSymbol|setBandWidth|setBox|sumStrong|sumText|symbolButton|symbolFromChart|symbolFromUrl|takerSplit)$/,
  'content-scripts/scale.js':
    /^(?:announce|box|chart|controller|cost|decimals|disagreementPx|fit|forgetGone|glance|inlierCount|intercept|isAutoScale|isRead|isTimed|isWhole|labels|lowered|mode|moved|otherReading|pane|paneCount|paneIndex|priceSources|prices|range|ratio|residualPx|said|sayAgain|scale|shape|sinceMs|sized|slope|source|state|symbol|table|text|ticks|times|isPercent|wake|way|withdraw|written)$/,
};

/** What the bundler has minified becomes another two per cent smaller, which neither of the two reaches alone. */
const minifiedAgain = {
  name: 'minified-again',
  apply: 'build' as const,
  async generateBundle(_: unknown, bundle: Record<string, { type: string; code?: string }>) {
    for (const [file, chunk] of Object.entries(bundle)) {
      if (chunk.type !== 'chunk' || chunk.code === undefined) continue;
      const { code } = await minify(chunk.code, {
        module: true,
        ecma: 2020,
        compress: { passes: 3, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
        mangle: file in OWN_NAMES ? { properties: { regex: OWN_NAMES[file], builtins: true } } : true,
      });
      if (code !== undefined) chunk.code = code;
    }
  },
};

/**
 * What scripts share goes into chunks of its own, which hold all that any of them needs and compress worse than one. So two have their
 * own copies of most: the dashboard of components (sheets, Preact and `lib` weigh more), or the popup would be a tenth larger, and the
 * background of all but packages and the log, the one large thing that it and a page both need.
 */
const APART = [
  { of: 'dashboard', shared: /[\\/](?:node_modules[\\/]preact|lib)[\\/]|\.css$/ },
  { of: 'background', shared: /[\\/](?:node_modules|lib[\\/]store[\\/]log)[\\/]/ },
].map(({ of, shared }) => ({ entry: `entrypoints/${of}/`, suffix: `?${of}`, shared }));

const copiesApart = {
  name: 'copies-apart',
  enforce: 'pre' as const,
  async resolveId(this: PluginContext, source: string, importer = '') {
    const part = APART.find(({ entry, suffix }) => importer.includes(entry) || importer.endsWith(suffix));
    if (part === undefined) return null;
    const resolved = await this.resolve(source, importer.replace(part.suffix, ''), { skipSelf: true });
    if (resolved === null || part.shared.test(resolved.id)) return resolved;
    return /^[^\0?]*\.(?:[mc]?[jt]sx?|css)$/.test(resolved.id) ? { id: resolved.id + part.suffix } : resolved;
  },
  async load(id: string) {
    const part = APART.find(({ suffix }) => id.endsWith(suffix));
    if (part === undefined) return null;
    const file = id.slice(0, -part.suffix.length);
    const moduleType = /\.(?:tsx?|css)$/.exec(file)?.[0].slice(1) ?? 'js';
    return { code: await readFile(file, 'utf8'), moduleType };
  },
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

interface PluginContext {
  resolve(source: string, importer: string | undefined, options: { skipSelf: boolean }): Promise<{ id: string } | null>;
}

interface PublicFile {
  relativeDest: string;
  absoluteSrc?: string;
  contents?: string;
}

/** The texts without white space and with short keys, those of other languages without any; the manifest's own as the browser reads them. */
async function packCatalogues(files: PublicFile[]) {
  const read = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  const withShort = Object.entries(ENGLISH).map(([key, text]) => [SHORT_KEYS.get(key) ?? key, text]);
  const locales: PublicFile[] = [];
  for (const file of files) {
    const language = /^words[\\/](.+)\.json$/.exec(file.relativeDest)?.[1];
    if (language === undefined || file.absoluteSrc === undefined) continue;
    const own = await read(file.absoluteSrc);
    file.contents = JSON.stringify(language === 'en' ? Object.fromEntries(withShort) : packWords(ENGLISH, own));
    delete file.absoluteSrc;
    const ofManifest = Object.keys(ENGLISH).filter((key) => key.startsWith('manifest.'));
    const messages = ofManifest.map((key) => [key.slice(9), { message: own[key] ?? ENGLISH[key] }]);
    locales.push({
      relativeDest: `_locales/${language.replace('-', '_')}/messages.json`,
      contents: JSON.stringify(Object.fromEntries(messages)),
    });
  }
  files.push(...locales);
}

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
      slimUplot,
      slimZod,
      leanFrame,
      leanPages,
      minifiedAgain,
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
              strict_min_version: '128.0',
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
