import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { SITE_MATCHES } from '@/lib/sites/hosts';
import { STREAM_ORIGINS, VENUE_HOSTS } from '@/lib/venues/hosts';

const privacy = readFileSync('docs/privacy.md', 'utf8');
const threats = readFileSync('docs/threat-model.md', 'utf8');
const config = readFileSync('wxt.config.ts', 'utf8');
const sources = new Set([
  'wxt.config.ts',
  ...['lib', 'entrypoints', 'components', 'scripts', 'tests'].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' }).map((file) => path.basename(file)),
  ),
]);

describe('docs/privacy.md', () => {
  it('names every host that may be asked', () => {
    for (const origin of [...VENUE_HOSTS.map((pattern) => new URL(pattern).origin), ...STREAM_ORIGINS])
      expect(privacy).toContain(`\`${origin}\``);
  });

  it('names every page that scripts run on, and every permission', () => {
    for (const pattern of SITE_MATCHES) expect(privacy).toContain(`\`${pattern}\``);
    const line = /^ *permissions: (.*)$/m.exec(config)?.[1].replace("browser === 'firefox'", '') ?? '';
    const permissions = line.match(/(?<=')[a-zA-Z]+(?=')/g) ?? [];
    expect(permissions).toContain('storage');
    for (const permission of permissions) expect(privacy).toContain(`\`${permission}\``);
    expect(config).not.toContain('web_accessible_resources');
  });

  const sourcesOf = (...rooms: readonly string[]): string =>
    rooms
      .flatMap((room) => readdirSync(room, { recursive: true, encoding: 'utf8' }).map((file) => path.join(room, file)))
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');

  it('names every path that a venue is asked for, and no other', () => {
    const venues = sourcesOf('lib/venues');
    const paths = (text: string, quote: string): Set<string> =>
      new Set(
        [...text.matchAll(new RegExp(`${quote}(/(?:bapi|[df]api|futures/data|v5|api|info)[\\w/-]*)${quote}`, 'g'))].map(
          ([, found = '']) => found.replace(/\/$/, ''),
        ),
      );
    const asked = paths(venues, "'");
    expect(asked.size).toBeGreaterThan(50);
    expect([...asked].filter((each) => !privacy.includes(`\`${each}\``))).toEqual([]);
    const named = [...paths(privacy, '`')].filter((each) => each !== '/bapi' && each !== '/api');
    expect(named.filter((each) => !asked.has(each))).toEqual([]);
  });

  it('names everything that is stored of the user', () => {
    const keys = sourcesOf('lib', 'entrypoints', 'components').matchAll(
      /(?:storedItem|repairedItem|storedChoice|checkedList)(?:<[^(]*>)?\(\s*'([a-z-]+)'/g,
    );
    const stored = new Set([...keys].map(([, key = '']) => key));
    expect(stored).toContain('own-positions');
    for (const key of stored) expect(privacy).toContain(`\`${key}\``);
  });
});

describe('README.md', () => {
  it('names every host that the browser asks about, as the browser writes it', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const pattern of VENUE_HOSTS) expect(readme).toContain(`\`${pattern}\``);
  });
});

describe('docs/threat-model.md', () => {
  const rows = [...threats.matchAll(/`(tests\/[\w./-]+)`: ([^|]+?) *\|$/gm)];

  it('has a test for every threat', () => {
    const lines = threats.split('\n').filter((line) => /^\| (?!-|Threat|What)/.test(line));
    expect(lines.length).toBeGreaterThan(20);
    expect(rows).toHaveLength(lines.length);
  });

  it.each(rows.map(([, file, name]) => [file, name]))('%s has %s', (file, name) => {
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(name);
  });
});

describe.each([
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
])('%s', (page) => {
  const text = readFileSync(page, 'utf8');
  const anchorsOf = (file: string): string[] =>
    [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );

  it('links to files and headings that exist', () => {
    const links = [...text.matchAll(/(?:\]\(|src=")([^)"]+)/g)].map(([, link = '']) => link);
    for (const link of links.filter((target) => !target.startsWith('https:'))) {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : path.join(path.dirname(page), file);
      expect(existsSync(target), link).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(target)).toContain(anchor);
    }
  });

  it('names files that exist', () => {
    const named = [...text.matchAll(/`([\w./-]+)`/g)].map(([, name = '']) => name);
    const inFolders = named.filter((name) => /^(?:lib|entrypoints|components|scripts|tests|public)\//.test(name));
    for (const name of inFolders) expect(existsSync(name), name).toBe(true);
    const alone = named.filter((name) => /^[\w-]+(?:\.[\w-]+)*\.tsx?$/.test(name));
    expect(alone.filter((name) => !sources.has(name))).toEqual([]);
  });
});
