// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://www.tradingview.com/chart/" }
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { hintBesideFirstBand } from '@/entrypoints/styles/hint';
import { firstHint } from '@/lib/store/first-hint';

await vi.hoisted(async () => {
  const { fakeBrowser } = await import('wxt/testing/fake-browser');
  Object.assign(globalThis, { browser: fakeBrowser });
});

beforeEach(async () => {
  fakeBrowser.reset();
  vi.useFakeTimers();
  document.body.innerHTML = '<div><liqband-band data-state="ready"></liqband-band></div>';
  await firstHint.setValue({ text: 'Colour is dollars', close: 'Understood' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const shown = () => document.querySelectorAll('liqband-hint').length;

it('stands beside the first band with levels, until it is dismissed', async () => {
  await hintBesideFirstBand();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(shown()).toBe(1);
  await firstHint.setValue(null);
  await vi.advanceTimersByTimeAsync(1_100);
  expect(shown()).toBe(0);
});

it.each(['100%', '380px'])('stands left of the axis beside a band that takes %s', async (taken) => {
  const band = document.querySelector<HTMLElement>('liqband-band')!;
  band.style.setProperty('--width', taken);
  Object.defineProperty(band.parentElement, 'clientWidth', { value: 900 });
  await hintBesideFirstBand();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(document.querySelector<HTMLElement>('liqband-hint')?.style.right).toBe('184px');
});

it('leaves the bands of the extension’s own pages alone', async () => {
  vi.stubGlobal('location', new URL('chrome-extension://liqband/dashboard.html'));
  await hintBesideFirstBand();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(shown()).toBe(0);
});
