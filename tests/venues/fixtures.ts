import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const WIRE = path.resolve(ROOT, '../shared/wire/binance-futures');

export const hasRecordedWire = existsSync(WIRE);

/** A venue's answers and frames, written by hand in its exact shape. */
export const fixturesOf = (venue: string) => {
  const fixtureText = (name: string): string =>
    readFileSync(path.join(ROOT, 'tests/fixtures', venue, `${name}.json`), 'utf8');
  return { fixtureText, fixture: (name: string): unknown => JSON.parse(fixtureText(name)) };
};

export const { fixtureText, fixture } = fixturesOf('binance');

/** A real answer or frame of the venue, from beside the project. */
export const recorded = (name: string): unknown => JSON.parse(readFileSync(path.join(WIRE, `${name}.json`), 'utf8'));

/** A copy of JSON data with the value at a path replaced, or removed where it is undefined. */
export function withValue(data: unknown, keys: readonly (string | number)[], value: unknown): unknown {
  const copy: unknown = structuredClone(data);
  let owner = copy as Record<string | number, unknown>;
  for (const key of keys.slice(0, -1)) owner = owner[key] as Record<string | number, unknown>;
  const last = keys[keys.length - 1];
  if (value === undefined) delete owner[last];
  else owner[last] = value;
  return copy;
}
