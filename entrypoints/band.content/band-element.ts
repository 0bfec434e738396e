import { FLAG_GAP, FLAG_WIDTH, READOUT_WIDTH, WIDTH_PROPERTY } from '@/lib/render/band-view';

export const BAND_TAG = 'liqband-band';
const HOST_STYLE = 'all:initial;position:absolute;inset:0;direction:ltr;contain:strict;pointer-events:none';
const BOX = 'position:absolute;height:100%';
/** Labels and read-out lie left of the strip on the same canvas. */
const SIDE_WIDTH = FLAG_GAP + FLAG_WIDTH + 9 + READOUT_WIDTH + 4;

export interface BandElement {
  readonly host: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Puts the host into the pane, again if the page has thrown it out. */
  mount(): void;
  /** Puts the host where the pane lies in what it shares with its axes: top, height and right edge. */
  setBox(box: readonly number[]): void;
  /** Null takes the whole pane. */
  setBandWidth(width: number | null): void;
  /** Null removes the attribute; an unchanged value costs nothing. */
  setAttribute(name: `data-${string}`, value: string | null): void;
}

/**
 * Lays a band over a pane's right edge: out of the layout's flow, deaf to the pointer, unknown to assistive technology
 * and closed to the page's styles. The canvases' parent is the positioned box that has the pane's exact size; the cell
 * around it often is a table cell, against which nothing can be positioned. The host covers the pane, and the canvas gets
 * to its edge by transforms: an edge that moves with the axis's labels would else count as a layout shift of the page. Lengths of
 * a size container would do it with one, but have every text that is drawn on the canvas wait for the page's layout.
 */
export function mountBandElement(pane: Element, signal: AbortSignal): BandElement {
  const document = pane.ownerDocument;
  const host = document.createElement(BAND_TAG);
  const style = (name: string, value: string): void => host.style.setProperty(name, value, 'important');
  host.style.cssText = HOST_STYLE.replaceAll(/;|$/g, '!important$&');
  host.setAttribute('aria-hidden', 'true');

  const canvas = document.createElement('canvas');
  const edge = document.createElement('div');
  edge.style.cssText = `${BOX};width:100%;transform:translateX(100%)`;
  // Not smoothed where the edge lies between device pixels.
  canvas.style.cssText = `${BOX};width:var(${WIDTH_PROPERTY});max-width:100%;transform:translateX(-100%);image-rendering:pixelated`;
  edge.append(canvas);
  host.attachShadow({ mode: 'closed' }).append(edge);
  const mount = (): void => {
    if (host.isConnected) return;
    // Right above the chart's stacked canvases, below whatever the page lays over them: legend, order buttons.
    const top = pane.querySelector('canvas:last-of-type');
    if (top === null) return pane.append(host);
    style('z-index', getComputedStyle(top).zIndex);
    top.after(host);
  };
  mount();
  signal.addEventListener('abort', () => host.remove());

  const attributes = new Map<string, string | null>();
  return {
    host,
    canvas,
    mount,
    setBox(box) {
      for (const [i, length] of box.entries()) style(['top', 'height', 'width'][i], `${length}px`);
    },
    setBandWidth: (width) => style(WIDTH_PROPERTY, width === null ? '100%' : `${width + SIDE_WIDTH}px`),
    setAttribute(name, value) {
      if (attributes.get(name) === value) return;
      attributes.set(name, value);
      if (value === null) host.removeAttribute(name);
      else host.setAttribute(name, value);
    },
  };
}
