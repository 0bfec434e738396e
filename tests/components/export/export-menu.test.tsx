// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeEach, expect, it } from 'vitest';

import { ExportMenu } from '@/components/export/ExportMenu';

import { createRoot } from '../dashboard/rendering';
import { NOW_MS } from '../samples';

const { element, show } = createRoot();
const menu = () => element().querySelector('details')!;
const summary = () => element().querySelector('summary')!;

beforeEach(async () => {
  await show(
    <>
      <ExportMenu
        of="BTC"
        timeMs={NOW_MS}
        sets={[{ title: 'export.scores', read: null }]}
        pictures={[{ title: 'export.picture', name: 'map', take: () => Promise.reject(new Error('no canvas')) }]}
      />
      <button id="elsewhere" type="button" />
    </>,
  );
  menu().open = true;
});

it('closes by Escape from within, and the keyboard goes on at its button', async () => {
  menu().querySelector('button')!.focus();
  await act(
    () =>
      void menu()
        .querySelector('button')!
        .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
  );
  expect(menu().open).toBe(false);
  expect(document.activeElement).toBe(summary());
});

it('closes when the keyboard leaves it, not while it moves within', async () => {
  const [first] = menu().querySelectorAll('button');
  const leaveTo = (relatedTarget: Element) =>
    act(() => void first.dispatchEvent(new FocusEvent('focusout', { bubbles: true, relatedTarget })));
  await leaveTo(summary());
  expect(menu().open).toBe(true);
  await leaveTo(element().querySelector('#elsewhere')!);
  expect(menu().open).toBe(false);
});

it('closes when something beside it is pressed, not when it is itself', async () => {
  const press = (target: Element) => act(() => void target.dispatchEvent(new Event('pointerdown', { bubbles: true })));
  await press(summary());
  expect(menu().open).toBe(true);
  await press(document.body);
  expect(menu().open).toBe(false);
});

it('says that nothing was saved where a file cannot be made', async () => {
  expect(menu().querySelector('[role="alert"]')).toBeNull();
  await act(async () => {
    menu().querySelector('button')!.click();
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(menu().querySelector('[role="alert"]')?.textContent).toBe('Nothing was saved. Try again.');
});
