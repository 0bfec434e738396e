import { readFile } from 'node:fs/promises';

interface PluginContext {
  resolve(source: string, importer: string | undefined, options: { skipSelf: boolean }): Promise<{ id: string } | null>;
}

/**
 * What scripts share goes into chunks of its own, which hold all that any of them needs and compress worse than one. So two have their
 * own copies of most: the dashboard of components (sheets, Preact and `lib` weigh more), or the popup would be a tenth larger, and the
 * background of all but packages and the log, the one large thing that it and a page both need.
 */
const APART = [
  { of: 'dashboard', shared: /[\\/](?:node_modules[\\/]preact|lib)[\\/]|\.css$/ },
  { of: 'background', shared: /[\\/](?:node_modules|lib[\\/]store[\\/]log)[\\/]/ },
].map(({ of, shared }) => ({ entry: `entrypoints/${of}/`, suffix: `?${of}`, shared }));

export const copiesApart = {
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
