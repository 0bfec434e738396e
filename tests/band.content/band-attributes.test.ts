// @vitest-environment happy-dom
import { expect, it } from 'vitest';

import { publishBand } from '@/entrypoints/band.content/band-attributes';
import { mountBandElement } from '@/entrypoints/band.content/band-element';
import { NO_MARKET } from '@/entrypoints/band.content/market';
import { priceScaleFromSamples } from '@/lib/chart/price-scale';
import type { BandState } from '@/lib/render/band-state';

it('the element says unasked where the picture has which price, in every frame, and nothing while it is hidden', () => {
  const pane = document.body.appendChild(document.createElement('div'));
  const element = mountBandElement(pane, new AbortController().signal);
  const draw = (state: BandState, prices: number[]) => {
    publishBand(element, state, priceScaleFromSamples(prices, 500, 'normal'), NO_MARKET);
    const { topPrice, bottomPrice } = element.host.dataset;
    return [topPrice, bottomPrice];
  };
  const ready: BandState = { kind: 'ready', isLate: false };
  expect(draw(ready, [60_100, 60_050, 60_000])).toEqual(['60100', '60000']);
  expect(draw(ready, [60_101.25, 60_001.25])).toEqual(['60101.25', '60001.25']);
  expect(draw({ kind: 'hidden', reason: 'stale' }, [60_100, 60_000])).toEqual([undefined, undefined]);
});
