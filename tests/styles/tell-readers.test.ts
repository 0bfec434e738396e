// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

import { tellReaders } from '@/entrypoints/styles/tell-readers';
import { ASK_EVENT, READERS } from '@/lib/messaging/readers-question';

await vi.hoisted(async () => {
  const { fakeBrowser } = await import('wxt/testing/fake-browser');
  Object.assign(globalThis, { browser: fakeBrowser });
});

const answers: unknown[] = [];
beforeEach(() => {
  fakeBrowser.reset();
  answers.length = 0;
  fakeBrowser.runtime.onMessage.addListener((message: unknown) => {
    if (message !== READERS) answers.push(message);
  });
  tellReaders();
});

it('answers for the charts of the page and of the frames in it', async () => {
  document.body.innerHTML =
    '<liqband-band data-state="ready" data-contract="binance:BTCUSDT" data-top-price="1"></liqband-band>' +
    '<object></object>';
  // No frame is loaded here.
  const frame = document.querySelector('object')!;
  const inner = document.implementation.createHTMLDocument();
  Object.defineProperty(frame, 'contentDocument', { value: inner });
  vi.spyOn(document, 'querySelectorAll').mockImplementation(
    (selector) => [...document.body.querySelectorAll(selector), frame] as never,
  );
  inner.body.innerHTML = '<liqband-band data-state="hidden" data-reason="no-scale"></liqband-band>';
  // What changes with every frame a band writes only when it is asked.
  const band = document.querySelector<HTMLElement>('liqband-band')!;
  band.addEventListener(ASK_EVENT, () => void (band.dataset.scale = 'api null'));
  await fakeBrowser.runtime.sendMessage(READERS);
  expect(answers).toEqual([
    [
      ['binance:BTCUSDT', undefined, 'api null'],
      [undefined, 'no-scale', undefined],
    ],
  ]);
});

it('answers nothing else', async () => {
  await fakeBrowser.runtime.sendMessage('something else');
  expect(answers).toEqual(['something else']);
});
