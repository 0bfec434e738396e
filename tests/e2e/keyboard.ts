import type { Page } from 'playwright-core';

/** How the keyboard goes through a page. */
export interface Walk {
  /** Controls in sight that Tab never reached. */
  readonly missed: readonly string[];
  /** Those that were reached, but do not show it. */
  readonly unseen: readonly string[];
  /** Whether Tab left the page at its end instead of being caught in it. */
  readonly hasLeft: boolean;
}

declare global {
  interface Window {
    __walked?: Set<Element>;
  }
}

/** Presses Tab through all of the page, from its beginning to its end. */
export async function walkByTab(page: Page): Promise<Walk> {
  await page.evaluate(() => {
    window.__walked = new Set();
    // From the beginning, wherever the last walk ended.
    const start = document.createElement('span');
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    start.remove();
  });
  const unseen = new Set<string>();
  let hasLeft = false;
  for (let i = 0; i < 400 && !hasLeft; i++) {
    await page.keyboard.press('Tab');
    const step = await page.evaluate(stepHere);
    if (step === null) hasLeft = true;
    else if (!step.isSeen) unseen.add(step.name);
  }
  return { missed: await page.evaluate(missedHere), unseen: [...unseen], hasLeft };
}

/** Runs in the page: what has the focus now, and whether that can be seen; null where nothing has, or it was there before. */
function stepHere(): { name: string; isSeen: boolean } | null {
  const walked = (window.__walked ??= new Set());
  const element = document.activeElement;
  if (element === null || element === document.body || walked.has(element)) return null;
  walked.add(element);
  // A control that is hidden behind its picture shows the focus on that.
  const shown = [element, element.closest('label'), element.nextElementSibling].filter((each) => each !== null);
  const isSeen = shown.some((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  return { name: element.outerHTML.slice(0, 120), isSeen };
}

/** Runs in the page: of a group of radios the keyboard visits the chosen one. */
function missedHere(): string[] {
  const walked = window.__walked ?? new Set();
  const controls = document.querySelectorAll<HTMLElement>(
    'a[href], button:enabled, input:enabled, select:enabled, summary, [tabindex="0"]',
  );
  return (
    [...controls]
      // One that a button stands for takes no focus of its own.
      .filter((control) => control.tabIndex >= 0 && control.checkVisibility())
      .filter((control) => !(control instanceof HTMLInputElement && control.type === 'radio' && !control.checked))
      .filter((control) => !walked.has(control))
      .map((control) => control.outerHTML.slice(0, 120))
  );
}
