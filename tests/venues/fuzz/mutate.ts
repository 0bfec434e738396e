import type { Random } from '@/tests/market/synthetic-random';

/** JSON with a key of any name, also `__proto__`, which an object literal would take for its prototype. */
type Json = null | boolean | number | string | Json[] | Map<string, Json>;

/** Values that have broken parsers before: out of range, of another type, or text that only looks like a number. */
const HOSTILE: readonly Json[] = [
  null,
  true,
  '',
  ' ',
  '0',
  0,
  -0,
  -1,
  '-1',
  0.1,
  1e308,
  1e-308,
  5e-324,
  '1e309',
  '1e-400',
  '-1e309',
  2 ** 53,
  '9007199254740993',
  -(2 ** 53),
  'NaN',
  'Infinity',
  '-Infinity',
  '0x10',
  '1_000',
  '1,5',
  '٣',
  'null',
  'constructor',
  '__proto__',
  'toString',
  'a'.repeat(5_000),
  '\u0000\ud800',
];
const EMPTY: readonly (() => Json)[] = [() => [], () => [[]], () => new Map()];
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', 'then'];
const FACTORS = [-1, 0, 1e-9, 0.001, 0.5, 2, 1000, 1e9, 1e300];
const TIMES = [0, 1, -1, 8.64e15, 8.64e15 + 1, 4_102_444_800_000, 4_102_444_800, 2 ** 53];

export const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random.next() * items.length)];
const chance = (random: Random, share: number): boolean => random.next() < share;

/** Containers are made anew each time: they are changed in turn. */
const hostile = (random: Random): Json => (chance(random, 0.1) ? pick(random, EMPTY)() : pick(random, HOSTILE));

function read(value: unknown): Json {
  if (Array.isArray(value)) return value.map(read);
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([key, inner]) => [key, read(inner)]));
  return value as Json;
}

function write(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (value instanceof Map)
    return `{${[...value].map(([key, inner]) => `${JSON.stringify(key)}:${write(inner)}`).join(',')}}`;
  return Object.is(value, -0) ? '-0' : JSON.stringify(value);
}

const copy = (value: Json): Json =>
  Array.isArray(value)
    ? value.map(copy)
    : value instanceof Map
      ? new Map([...value].map(([key, each]) => [key, copy(each)]))
      : value;

/** A container somewhere inside, itself included; deeper ones are as likely as shallow ones. */
function someContainer(random: Random, root: Json): Json[] | Map<string, Json> | null {
  const containers: (Json[] | Map<string, Json>)[] = [];
  const walk = (value: Json): void => {
    if (!Array.isArray(value) && !(value instanceof Map)) return;
    containers.push(value);
    for (const inner of value.values()) walk(inner);
  };
  walk(root);
  return containers.length === 0 ? null : pick(random, containers);
}

function changed(random: Random, value: Json): Json {
  const number = typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : NaN;
  if (Number.isFinite(number) && chance(random, 0.5)) {
    const other = chance(random, 0.3) ? pick(random, TIMES) : number * pick(random, FACTORS);
    if (!Number.isFinite(other)) return String(other);
    return typeof value === 'string' ? String(other) : other;
  }
  return hostile(random);
}

function deep(random: Random): Json {
  let value: Json = 1;
  for (let depth = 0; depth < 400; depth++) value = chance(random, 0.5) ? [value] : new Map([['data', value]]);
  return value;
}

function changeOne(random: Random, root: Json): Json {
  const owner = someContainer(random, root);
  if (owner === null) return changed(random, root);
  if (Array.isArray(owner)) {
    const at = Math.floor(random.next() * owner.length);
    const kind = random.next();
    if (kind < 0.1) owner.splice(at, 1);
    else if (kind < 0.2) owner.push(...owner.slice(at).map(copy));
    else if (kind < 0.3) owner.reverse();
    else if (kind < 0.33) owner.push(...Array.from({ length: 2_000 }, () => copy(owner[at] ?? null)));
    else owner[at] = changed(random, owner[at] ?? null);
    return root;
  }
  const key = pick(random, [...owner.keys()]);
  const kind = random.next();
  if (kind < 0.1) owner.delete(key);
  else if (kind < 0.2) owner.set(pick(random, KEYS), hostile(random));
  else if (kind < 0.22) owner.set(key, deep(random));
  else if (kind < 0.3) owner.set(key, copy(owner.get(pick(random, [...owner.keys()])) ?? null));
  else owner.set(key, changed(random, owner.get(key) ?? null));
  return root;
}

function changeText(random: Random, text: string): string {
  const at = Math.floor(random.next() * text.length);
  const kind = random.next();
  if (kind < 0.4) return text.slice(0, at);
  if (kind < 0.7)
    return `${text.slice(0, at)}${pick(random, ['"', '{', ']', '\\', '\u0000', '-', '9'])}${text.slice(at + 1)}`;
  return pick(random, [
    '',
    'null',
    '[]',
    '{}',
    '"text"',
    '1e999',
    '<html><body>502 Bad Gateway</body></html>',
    '\ufeff{}',
  ]);
}

/** The text with nothing to a few changes in its structure, now and then in its letters. */
export function mutate(random: Random, text: string): string {
  if (chance(random, 0.05)) return changeText(random, text);
  let root = read(JSON.parse(text));
  for (let changes = Math.floor(random.next() * 4); changes > 0; changes--) root = changeOne(random, root);
  return write(root);
}
