import { describe, expect, it } from 'vitest';

import type { Profile } from '@/lib/market/profile';
import { columnFromProfile, profileFromColumn, QUANTISATION_ERROR } from '@/lib/model/history';
import { crossedUsd } from '@/lib/model/prediction';

import { SIDES } from './judge';
import { configOf } from './models';
import { expectedUsd, predictSet } from './predict';
import type { RecordedRow } from './recorded-rows';
import { readRecordedFiles, readRecordedTiers, recordedSetFromRows, recordedSetNames } from './recorded-set';

const names = recordedSetNames();
/** Bars used of each set: enough for a map, a learned share and days of both. */
const COUNT = 1_200;
const CUT = 900;
/** An as-of column is compared this often. */
const COLUMN_EVERY = 25;
/** Bins below a ten-thousandth of the fullest are not in a column. */
const ROUNDING = QUANTISATION_ERROR + 0.01;

it.skipIf(names.length === 0)('recorded sets are there to look at (skipped: no recorded data)', () => {
  expect(names).not.toEqual([]);
});

describe.each(names)('%s', (name) => {
  const { meta, rows: all } = readRecordedFiles(name);
  const rows = all.slice(0, COUNT);
  const tiers = readRecordedTiers(recordedSetFromRows(name, meta, rows).symbol);
  const predict = (altered: readonly RecordedRow[]) => {
    const set = recordedSetFromRows(name, meta, altered);
    return predictSet(set, configOf(set, tiers)).map((p) => ({ timeMs: p.timeMs, ...expectedUsd(p) }));
  };
  const whole = predict(rows);
  const isAtOpen = meta.openInterestAt === 'bar open';

  it('every prediction is USD read off the frozen map and its as-of column, times the share, plus the same-bar term', () => {
    const set = recordedSetFromRows(name, meta, rows);
    const maps: { readonly profile: Profile; readonly path: { readonly low: number; readonly high: number } }[] = [];
    const predictions = predictSet(set, configOf(set, tiers), ({ low, high }, profile) =>
      maps.push({ profile, path: { low, high } }),
    );
    let compared = 0;
    predictions.forEach((prediction, i) => {
      const { profile, path } = maps[i];
      const map = crossedUsd(profile, path);
      const { share, sameBar } = prediction;
      expect(expectedUsd(prediction)).toEqual({
        long: share.long * (map.long + sameBar.long),
        short: share.short * (map.short + sameBar.short),
      });
      if (i % COLUMN_EVERY > 0) return;
      // A column knows the path's end to a cell: what it tells lies between a path of two cells less and one of two more.
      const column = columnFromProfile(profile);
      const moved = (cells: number) =>
        crossedUsd(profile, {
          low: path.low * 0.97 * Math.exp(-cells * column.cellWidth),
          high: path.high * 1.03 * Math.exp(cells * column.cellWidth),
        });
      const [less, same, more] = [moved(-2), moved(0), moved(2)];
      const again = crossedUsd(profileFromColumn(column), { low: path.low * 0.97, high: path.high * 1.03 });
      for (const side of SIDES) {
        if (!(same[side] > 1e5)) continue;
        compared++;
        expect(again[side]).toBeGreaterThan(less[side] * (1 - ROUNDING));
        expect(again[side]).toBeLessThan(more[side] * (1 + ROUNDING));
      }
    });
    expect(compared).toBeGreaterThan(40);
  });

  it('truncation after a bar leaves every prediction up to it as it was', () => {
    expect(whole.some(({ long, short }) => long > 0 && short > 0)).toBe(true);
    expect(predict(rows.slice(0, CUT + 1))).toEqual(whole.slice(0, CUT + 1));
  });

  it("a bar's own open interest, volume and liquidations do not move its prediction", () => {
    const altered = rows.map((row, i): RecordedRow => {
      const isOwn = i === CUT;
      const holdsOwnInterest = i === (isAtOpen ? CUT + 1 : CUT);
      return {
        ...row,
        volume: isOwn ? row.volume * 9 : row.volume,
        taker_buy_volume: isOwn ? 0 : row.taker_buy_volume,
        open_interest: holdsOwnInterest ? row.open_interest * 2 : row.open_interest,
        liq_long: isOwn ? row.liq_long * 50 : row.liq_long,
        liq_short: isOwn ? row.liq_short * 50 : row.liq_short,
      };
    });
    const predictions = predict(altered);
    expect(predictions.slice(0, CUT + 1)).toEqual(whole.slice(0, CUT + 1));
    expect(predictions.slice(CUT + 1)).not.toEqual(whole.slice(CUT + 1));
  });

  it.skipIf(!meta.liquidationBarMs)('a sum of liquidations is not known before its bin has ended', () => {
    const binMs = meta.liquidationBarMs ?? NaN;
    const startMs = Math.floor(rows[CUT].ts_ms / binMs) * binMs;
    const altered = rows.map((row) =>
      row.ts_ms >= startMs && row.ts_ms < startMs + binMs
        ? { ...row, liq_long: 7 + 30 * row.liq_long, liq_short: 7 + 30 * row.liq_short }
        : row,
    );
    const predictions = predict(altered);
    const known = rows.findIndex((row) => row.ts_ms >= startMs + binMs);
    expect(predictions.slice(0, known)).toEqual(whole.slice(0, known));
    expect(predictions.slice(known)).not.toEqual(whole.slice(known));
  });
});
