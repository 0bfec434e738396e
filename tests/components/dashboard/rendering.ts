import { type ComponentChild, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach } from 'vitest';

/** A page's body to draw into, emptied after every test. */
export function createRoot() {
  let root: HTMLElement;
  beforeEach(() => {
    document.documentElement.lang = 'en';
    document.title = 'Liqband';
    root = document.body.appendChild(document.createElement('main'));
  });
  afterEach(async () => {
    await act(() => render(null, root));
    root.remove();
  });
  const texts = (selector: string) =>
    [...root.querySelectorAll(selector)].map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim());
  return {
    element: () => root,
    /** Draws, and waits for what is read meanwhile. */
    show: (page: ComponentChild) => act(async () => render(page, root)),
    text: () => root.textContent.replaceAll(/\s+/g, ' ').trim(),
    texts,
    /** Cells of a table's rows. */
    cells: (selector: string) =>
      [...root.querySelectorAll(`${selector} tr`)].map((row) =>
        [...row.children].map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim()),
      ),
    click: async (name: string) => {
      const button = [...root.querySelectorAll('button')].find((each) => each.textContent.trim() === name);
      if (button === undefined) throw new Error(`no button ${name}`);
      await act(async () => button.click());
    },
  };
}
