import { describe, expect, it } from 'vitest';

import { configOf } from './models';
import { expectedUsd, predictSet } from './predict';
import type { RecordedRow } from './recorded-rows';
import { readRecordedFiles, readRecordedTiers, recordedSetFromRows, recordedSetNames } from './recorded-set';

const names = recordedSetNames();
/** Bars used of each set: enough for a map, a learned share and days of both. */
const COUNT = 1_200;
const CUT = 900;

describe.skipIf(names.length === 0).each(names)('%s (skipped: no recorded data)', (name) => {
  const { meta, rows: all } = readRecordedFiles(name);
  const rows = all.slice(0, COUNT);
  const tiers = readRecordedTiers(meta.contract);
  const predict = (altered: readonly RecordedRow[]) => {
    const set = recordedSetFromRows(name, meta, altered);
    return predictSet(set, configOf(set, tiers)).map((p) => ({ timeMs: p.timeMs, ...expectedUsd(p) }));
  };
  const whole = predict(rows);
  const isAtOpen = meta.openInterestAt === 'bar open';

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
