/** Pages are shipped without their comments and indents. */
export const leanPages = {
  name: 'lean-pages',
  apply: 'build' as const,
  transformIndexHtml: (html: string) => html.replaceAll(/<!--[^]*?-->/g, '').replaceAll(/\n\s+/g, '\n'),
};

/** An extension's pages load from disk, and their lazy scripts bring no sheets: preloading them only costs bytes. */
export const withoutPreload = {
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
