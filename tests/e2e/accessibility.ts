import { readFileSync } from 'node:fs';

import type axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds on a page as it is now: rule and first place. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

interface DomNode {
  readonly nodeId: number;
  readonly localName: string;
  readonly children?: readonly DomNode[];
  readonly shadowRoots?: readonly DomNode[];
  readonly contentDocument?: DomNode;
}

/** The markup in the closed shadow root of the page's first element of a name, in whatever frame; null where there is none. */
export async function shadowMarkup(page: Page, name: string): Promise<string | null> {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
  const content = find(root, name)?.shadowRoots?.[0]?.children?.[0];
  if (content === undefined) return null;
  const { outerHTML } = await session.send('DOM.getOuterHTML', { nodeId: content.nodeId });
  await session.detach();
  return outerHTML;
}

function find(node: DomNode, name: string): DomNode | null {
  if (node.localName === name) return node;
  for (const child of [...(node.children ?? []), ...(node.contentDocument ? [node.contentDocument] : [])]) {
    const found = find(child, name);
    if (found !== null) return found;
  }
  return null;
}
