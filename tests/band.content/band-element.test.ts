// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';

import { BAND_TAG, mountBandElement } from '@/entrypoints/band.content/band-element';

const pane = (): HTMLElement => document.querySelector('.pane')!;
const order = (): string[] => Array.from(pane().firstElementChild!.children, (each) => each.id || each.localName);

beforeEach(() => {
  document.body.innerHTML = `<div class="pane"><div>
    <canvas style="position: absolute; z-index: 1"></canvas><canvas id="top" style="position: absolute; z-index: 2"></canvas>
    <div id="legend"></div><div id="buttons"></div></div></div>`;
});

describe('the element of a band', () => {
  it('lies right above the chart, below whatever the page lays over it', () => {
    const { host } = mountBandElement(pane(), new AbortController().signal);
    expect(order()).toEqual(['canvas', 'top', BAND_TAG, 'legend', 'buttons']);
    expect(host.style.zIndex).toBe('2');
  });

  it('comes back when the page has thrown it out, and goes for good in the end', () => {
    const controller = new AbortController();
    const element = mountBandElement(pane(), controller.signal);
    element.host.remove();
    element.mount();
    expect(order()).toContain(BAND_TAG);
    controller.abort();
    expect(order()).not.toContain(BAND_TAG);
  });

  it('has a place where the pane has no canvas yet', () => {
    document.body.innerHTML = '<div class="pane"></div>';
    mountBandElement(pane(), new AbortController().signal);
    expect(pane().firstElementChild?.localName).toBe(BAND_TAG);
  });
});
