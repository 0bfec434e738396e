import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { STREAM_NAMES } from '@/lib/market/health';
import { VENUES } from '@/lib/venues';
import { HOSTS_BY_VENUE, STREAM_ORIGINS, VENUE_HOSTS } from '@/lib/venues/hosts';

import { FIXTURE_NAMES } from './fixture-names';
import { restOnly } from './rest-only';
import { createVirtualTime } from './virtual-time';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, 'lib/venues');
const ids = Object.keys(VENUES) as (keyof typeof VENUES)[];

/** What a venue shares with another of the same exchange, beside its own folder. */
const SHARED_FOLDERS: Readonly<Record<string, string>> = { 'binance-coin': 'binance' };

const foldersOf = (id: string): string[] => (id in SHARED_FOLDERS ? [id, SHARED_FOLDERS[id]] : [id]);

const sourcesOf = (id: string): string =>
  [
    `${id}.ts`,
    ...foldersOf(id).flatMap((folder) => readdirSync(path.join(FOLDER, folder)).map((file) => path.join(folder, file))),
  ]
    .map((file) => path.join(FOLDER, file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

describe('registry of venues', () => {
  it('holds every file that makes a venue', () => {
    const makers = readdirSync(FOLDER, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\): Venue \{/.test(readFileSync(path.join(FOLDER, entry.name), 'utf8')))
      .map((entry) => path.basename(entry.name, '.ts'));
    expect(makers.toSorted()).toEqual(ids.toSorted());
  });

  it('feeds the manifest with the hosts of its venues and nothing more', () => {
    expect(Object.keys(HOSTS_BY_VENUE)).toEqual(ids);
    expect(VENUE_HOSTS).toEqual([...new Set(ids.flatMap((id) => HOSTS_BY_VENUE[id] as readonly string[]))]);
  });

  it.each(ids)('%s names hosts for exactly the origins that it asks', (id) => {
    const origins = new Set(sourcesOf(id).match(/(?<=origin: ')https:\/\/[^/']+/g));
    expect([...origins]).toEqual(HOSTS_BY_VENUE[id].map((pattern) => new URL(pattern).origin));
  });

  it('names the origins of exactly the sockets that are opened', () => {
    const urls = ids.flatMap((id) => sourcesOf(id).match(/(?<=^[^*]*['`])wss:\/\/[^/'`]+/gm) ?? []);
    expect(new Set(urls)).toEqual(new Set(STREAM_ORIGINS));
  });

  it.each(ids)('%s has a fixture for every endpoint and every frame', (id) => {
    const source = sourcesOf(id);
    const endpoints = source.match(/(?<=')\/[a-z][^' ]*(?=')/g) ?? [];
    const frames = [...(source.match(/const PARSERS[^;]+;/)?.[0].matchAll(/^ {2}'?([\w.-]+)'?:/gm) ?? [])].map(
      ([, name]) => name,
    );
    expect(new Set([...endpoints, ...frames])).toEqual(new Set(Object.keys(FIXTURE_NAMES[id])));
    const files = readdirSync(path.join(ROOT, 'tests/fixtures', id));
    for (const name of Object.values(FIXTURE_NAMES[id]).flat()) expect(files).toContain(`${name}.json`);
  });

  it.each(ids)('%s keeps the health of every stream', (id) => {
    const venue = VENUES[id](restOnly(createVirtualTime(), () => Promise.reject(new Error('unused'))));
    expect(venue.id).toBe(id);
    expect(venue.health().streams.map((each) => [each.stream, each.state])).toEqual(
      STREAM_NAMES.map((stream) => [stream, 'idle']),
    );
  });
});
