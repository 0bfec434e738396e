import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { VenueId } from '@/lib/market/contract';

import { FIXTURE_NAMES } from '../fixture-names';
import { fixturesOf } from '../fixtures';

const WIRE = path.resolve(import.meta.dirname, '../../../../shared/wire');
const WIRE_FOLDERS: Partial<Record<VenueId, string>> = {
  binance: 'binance-futures',
  bybit: 'bybit',
  gate: 'gate-futures',
  hyperliquid: 'hyperliquid',
  okx: 'okx-swap',
  bitget: 'bitget-futures',
};
/** A listing of all contracts is cut down to this many, so that a case costs no more than the parsing of one. */
const LONGEST_LIST = 12;

/** What a venue has really said, as texts: frames of its socket, and answers by the path that they answer. */
export interface Seeds {
  readonly frames: readonly string[];
  answersTo(path: string): readonly string[];
  /** Names of its contracts that stand in them. */
  readonly symbols: readonly string[];
}

const cut = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map(cut);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner)]));
};

/** Recorded by others, where they lie beside the project. */
function recordedTexts(id: VenueId): string[] {
  const folder = path.join(WIRE, WIRE_FOLDERS[id] ?? 'none');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const value: unknown = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
      const messages = file === 'websocket.json' && Array.isArray(value) ? (value as unknown[]) : [value];
      return messages.map((message) => JSON.stringify(cut(message)));
    });
}

const SYMBOL = /"(BTC-USDT-SWAP|BTCUSDT|BTC_USDT|BTCUSD_PERP|BTCUSD|BTC|ETH-USDT-SWAP|ETHUSDT|ETH_USDT|ETH)"/g;

export function seedsOf(id: VenueId): Seeds {
  const { fixtureText } = fixturesOf(id);
  const textOf = (name: string): string => JSON.stringify(cut(JSON.parse(fixtureText(name))));
  const names = FIXTURE_NAMES[id];
  const recorded = recordedTexts(id);
  const frames = [
    ...Object.entries(names).flatMap(([name, files]) => (name.startsWith('/') ? [] : files.map(textOf))),
    ...recorded,
  ];
  const answers = new Map(Object.entries(names).map(([name, files]) => [name, files.map(textOf)]));
  const all = [...frames, ...[...answers.values()].flat()].join('\n');
  return {
    frames,
    answersTo: (asked) => {
      const known = [...answers].filter(([name]) => name.startsWith('/') && asked.startsWith(name));
      return known.length === 0 ? frames : known.flatMap(([, texts]) => texts);
    },
    symbols: [...new Set([...all.matchAll(SYMBOL)].map(([, symbol]) => symbol))],
  };
}
