import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { parseSync } from 'vite';

import english from '@/public/words/en.json' with { type: 'json' };

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Attributes and properties whose text a person reads or hears, whatever it is. */
const SAID = /^(?:title|alt|placeholder|label|text|aside|note|hint|content|aria-(?:label|valuetext|roledescription))$/;
const CODE = /^(?:class|className|style|d|font)$/;
const LETTERS = /\p{L}{2,}/u;
/** What elsewhere tells a text from a name of the code: a capital, or several words. */
const PROSE = /^\p{Lu}\p{Ll}|\p{L}{2,}[,.:]?\s+(?:\S+\s+)*\p{L}{2,}/u;
/** Called so in every language, by the browser, or in a sheet; languages are named in their own words. */
const NO_TEXT =
  /^(?:Liqband|USD|UTC|(?:, )?(?:PNG|CSV|JSON)|Escape|Enter|Home|End|Tab|Alt|Shift|(?:Arrow|Page)\w+)$|gradient\(|no-repeat|px solid|^\(prefers-/;
const NO_PAGE = /language-names/;

type How = 'said' | 'maybe';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Texts that stand in the code of these folders instead of the catalogue, as `file:line text`. */
export function textInCode(folders: readonly string[]): string[] {
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !NO_PAGE.test(file))
      .map((file) => path.join(folder, file)),
  );
  return files.flatMap((file) => textsOf(file, readFileSync(path.join(ROOT, file), 'utf8')));
}

/** The texts of one source. */
export function textsOf(file: string, source: string): string[] {
  const found: string[] = [];
  const add = (node: Node, text: string, how: How) => {
    const words = text.trim().replaceAll(/\s+/g, ' ');
    if (NO_TEXT.test(words) || words in english || !(how === 'said' ? LETTERS : PROSE).test(words)) return;
    found.push(`${file}:${source.slice(0, node.start).split('\n').length} ${words}`);
  };
  const each = (value: unknown, how: How): void => {
    if (Array.isArray(value)) for (const item of value) each(item, how);
    else if (isNode(value)) visit(value, how);
  };
  const visit = (node: Node, how: How): void => {
    const { type } = node;
    if (type === 'JSXText' || (type === 'Literal' && typeof node.value === 'string')) {
      add(node, node.value as string, type === 'JSXText' ? 'said' : how);
    } else if (type === 'TemplateLiteral') {
      for (const part of node.quasis as (Node & { value: { cooked: string } })[]) add(part, part.value.cooked, how);
      each(node.expressions, how);
    } else if (type === 'JSXAttribute' || type === 'Property') {
      const { name, value } = (node.name ?? node.key) as { name?: string; value?: string };
      const called = name ?? value ?? '';
      if (!CODE.test(called)) each(node.value, SAID.test(called) ? 'said' : 'maybe');
    } else if (type === 'JSXElement' || type === 'JSXFragment') {
      each(node.openingElement, 'maybe');
      each(node.children, 'said');
    } else if (type === 'ConditionalExpression') {
      each(node.test, 'maybe');
      each([node.consequent, node.alternate], how);
    } else if (type === 'LogicalExpression') {
      each(node.left, 'maybe');
      each(node.right, how);
    } else if (type === 'JSXExpressionContainer' || type === 'TSAsExpression' || type === 'TSSatisfiesExpression') {
      each(node.expression, how);
    } else if (!isForCode(node)) {
      for (const [key, value] of Object.entries(node)) if (key !== 'typeAnnotation') each(value, 'maybe');
    }
  };
  visit(parseSync(file, source).program as unknown as Node, 'maybe');
  return found;
}

/** Imports and types, comparisons, what is logged or thrown. */
function isForCode({ type, callee, operator }: Node): boolean {
  if (/^(?:TS|Import|ExportAll)/.test(type)) return true;
  if (type === 'BinaryExpression') return operator !== '+';
  if (type === 'NewExpression') return String((callee as Node).name).endsWith('Error');
  if (type !== 'CallExpression') return false;
  const { name, property, object } = callee as { name?: string; property?: Node; object?: Node };
  return object?.name === 'console' || name === 'log' || property?.name === 'log';
}
