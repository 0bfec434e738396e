// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { watchDocuments } from '@/entrypoints/band.content/documents';

let controller: AbortController;
let isHidden = false;
Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
const turn = (hidden: boolean): void => {
  isHidden = hidden;
  document.dispatchEvent(new Event('visibilitychange'));
};
const told = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(() => {
  controller = new AbortController();
  document.body.innerHTML = '<p></p><p></p>';
});
afterEach(() => {
  controller.abort();
  turn(false);
});

it('looks at no change of a page that nobody sees, and once over all of it when it is seen', async () => {
  const onRemoval = vi.fn();
  watchDocuments(document, () => {}, onRemoval, controller.signal);
  onRemoval.mockClear();
  document.querySelector('p')?.remove();
  await told();
  expect(onRemoval).toHaveBeenCalledTimes(1);
  turn(true);
  document.querySelector('p')?.remove();
  await told();
  expect(onRemoval).toHaveBeenCalledTimes(1);
  turn(false);
  expect(onRemoval).toHaveBeenCalledTimes(2);
  controller.abort();
  turn(true);
  turn(false);
  expect(onRemoval).toHaveBeenCalledTimes(2);
});

it('follows a frame that came while nobody saw the page', async () => {
  const found: Document[] = [];
  watchDocuments(
    document,
    (each) => void found.push(each),
    () => {},
    controller.signal,
  );
  turn(true);
  const frame = document.createElement('iframe');
  const inner = document.implementation.createHTMLDocument();
  Object.defineProperty(frame, 'contentDocument', { value: inner });
  document.body.append(frame);
  await told();
  expect(found).toHaveLength(1);
  turn(false);
  expect(found[1]).toBe(inner);
});
