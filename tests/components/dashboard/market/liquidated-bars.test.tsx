// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, it } from 'vitest';

import { LiquidatedBars } from '@/components/dashboard/market/LiquidatedBars';
import { HOUR_MS } from '@/lib/core/time';

import { EMPTY_BOARD } from '../board';
import { createRoot } from '../rendering';

const { element, show, texts } = createRoot();

it.each([12, 13, 17])('names the days of a week and the hours of a day, also at %d:20', async (hour) => {
  const asOfMs = Date.UTC(2026, 4, 20, hour, 20);
  const hours = [{ startMs: Date.UTC(2026, 4, 20, hour) - 3 * HOUR_MS, longUsd: 1e6, shortUsd: 2e6 }];
  await show(<LiquidatedBars board={{ ...EMPTY_BOARD, asOfMs, hours }} />);
  expect(texts('.bars-times span')).toEqual(['18:00', '00:00', '06:00', '12:00'].slice(0, hour === 17 ? 4 : 3));
  await act(async () => element().querySelectorAll('input')[1].click());
  expect(texts('.bars-times span')).toEqual(['May 14', 'May 15', 'May 16', 'May 17', 'May 18', 'May 19']);
});
