import { useMemo, useRef } from 'preact/hooks';

import { DAY_MS } from '@/lib/core/time';
import { BINS_PER_CELL } from '@/lib/model/history';
import type { HeatScale } from '@/lib/render/heat-scale';
import { heatTables } from '@/lib/render/palette';
import type { Theme } from '@/lib/render/theme';
import type { BandSettings } from '@/lib/store/settings';

import { gaugeFromDays, type HeatGauge, scaleFromGauge } from './heat-gauge';
import type { HeatStyle } from './heat-tiles';
import type { MapHistory } from './map-history';

/** Of the heat behind candles: denser than on a chart that is not ours. */
const OPACITY = 0.78;

/** The colours of the columns, gauged anew only when another history or range of it has been read, or made, as a whole. */
export function useHeatStyle(
  history: MapHistory | null,
  isLoaded: boolean,
  isMade: boolean,
  fromMs: number,
  rangeMs: number,
  { palette, thresholdUsd, fullUsd }: BandSettings,
  theme: Theme,
): HeatStyle | null {
  const hasColumns = history !== null && [...history.days.values()].some(({ slots }) => slots.some(([shown]) => shown));
  const gauged = useRef<{ readonly history: MapHistory; readonly gauge: HeatGauge } | null>(null);
  const gauge = useMemo(() => {
    if (history === null) return null;
    // Until all of another range is read, colours stay.
    if (!isLoaded && gauged.current?.history === history) return gauged.current.gauge;
    const inRange = [...history.days].filter(([startMs]) => startMs + DAY_MS > fromMs);
    const made = gaugeFromDays(new Map(inRange));
    gauged.current = made && { history, gauge: made };
    return made;
  }, [history, isLoaded, isMade, hasColumns, rangeMs]);
  const tables = useMemo(() => heatTables(palette, theme, OPACITY), [palette, theme]);
  return useMemo(() => {
    if (gauge === null) return null;
    const scales = new Map<number, HeatScale>();
    const scale = (cellsPerRow: number): HeatScale => {
      const known = scales.get(cellsPerRow) ?? scaleFromGauge(gauge, cellsPerRow, { thresholdUsd, fullUsd });
      scales.set(cellsPerRow, known);
      return known;
    };
    return { gauge, tables, scale };
  }, [gauge, tables, thresholdUsd, fullUsd]);
}

/** Where colour begins and is full by itself, USD per bin of the live map. */
export function automaticScale(gauge: HeatGauge): HeatScale {
  const { lo, hi } = scaleFromGauge(gauge, 1, { thresholdUsd: null, fullUsd: null });
  return { lo: lo / BINS_PER_CELL, hi: hi / BINS_PER_CELL };
}
