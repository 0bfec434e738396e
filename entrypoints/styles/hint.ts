import { browser } from 'wxt/browser';

import { READOUT_WIDTH, WIDTH_PROPERTY } from '@/lib/render/band-view';
import { rgbFromStyle } from '@/lib/render/read-ground';
import { firstHint, type FirstHint } from '@/lib/store/first-hint';

import { bandsIn } from './bands-in';

const TAG = 'liqband-hint';
const LOOK_MS = 1_000;
const WIDTH = 232;
/** What a band takes by default, its labels and read-out included. */
const BESIDE = 380;

/** Beside the first band that shows levels, until it is dismissed on whatever page. Our own pages' bands are no chart's. */
export async function hintBesideFirstBand(): Promise<void> {
  if (!location.protocol.startsWith('http')) return;
  let hint = await firstHint.getValue();
  if (hint === null) return;
  let band: HTMLElement | null = null;
  let shown: HTMLElement | null = null;
  const hide = (): void => {
    shown?.remove();
    shown = null;
  };
  const look = (): void => {
    // An extension that was reloaded leaves its old scripts behind.
    if (!browser.runtime?.id) hint = null;
    if (hint === null) clearInterval(timer);
    if (hint === null || !band?.isConnected) hide();
    if (hint === null || shown !== null) return;
    band = bandsIn(document).find(isFree) ?? null;
    if (band !== null) shown = show(band, hint, () => void firstHint.setValue(null));
  };
  const timer = setInterval(look, LOOK_MS);
  firstHint.watch((next) => {
    hint = next;
    hide();
    look();
  });
}

/** Shows levels, on a page that no other script of ours has put the hint on. */
const isFree = ({ dataset, ownerDocument }: HTMLElement): boolean =>
  dataset.state === 'ready' && ownerDocument.querySelector(TAG) === null;

function show(band: HTMLElement, { text, close }: FirstHint, onClose: () => void): HTMLElement {
  const page = band.ownerDocument;
  const host = page.createElement(TAG);
  // A full pane's width is no length.
  const width = Math.max(parseFloat(band.style.getPropertyValue(WIDTH_PROPERTY)), BESIDE);
  const right = Math.min(width - READOUT_WIDTH, band.parentElement!.clientWidth / 2);
  host.style.cssText = `all:initial!important;position:absolute!important;z-index:4!important;top:30px!important;right:${right}px!important;max-width:70%!important;width:${WIDTH}px!important`;
  const [card, fg1, fg2] = isLight(band) ? ['#fff', '#14161a', '#454b56'] : ['#181a1f', '#eceef2', '#b0b6c1'];
  const body = page.createElement('div');
  body.role = 'note';
  body.style.cssText = `font:12px/16px system-ui,sans-serif;border:1px solid #8888;border-radius:8px;padding:10px 12px;background:${card};color:${fg2};box-shadow:0 8px 24px #0004`;
  const button = page.createElement('button');
  button.textContent = close;
  button.style.cssText = `display:block;border:0;margin-top:8px;padding:0 12px;border-radius:6px;font:inherit;font-weight:600;line-height:28px;cursor:pointer;background:${fg1};color:${card}`;
  button.addEventListener('click', onClose);
  body.append(text, button);
  host.attachShadow({ mode: 'closed' }).append(body);
  band.parentElement?.append(host);
  return host;
}

/** By the nearest ground that is not seen through. */
function isLight(element: HTMLElement): boolean {
  for (let each: HTMLElement | null = element.parentElement; each !== null; each = each.parentElement) {
    const rgb = rgbFromStyle(getComputedStyle(each).backgroundColor);
    if (rgb !== null) return rgb[0] + rgb[1] + rgb[2] > 384;
  }
  return false;
}
