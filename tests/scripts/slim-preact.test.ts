// @vitest-environment happy-dom
import { readdirSync, readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';

import fc from 'fast-check';
import type * as Preact from 'preact';
import { expect, it } from 'vitest';

import { PREACT_FACTS, slimPreact } from '@/scripts/bundle/slim-preact';

const FILE = 'node_modules/preact/dist/preact.mjs';
const code = readFileSync(FILE, 'utf8');

it('states each thing that the installed Preact asks in one place', () => {
  const other = PREACT_FACTS.map(([what]) => what).filter((what) => code.split(what).length !== 2);
  expect(other).toEqual([]);
});

it('takes away nothing that we use', () => {
  const files = ['components', 'entrypoints'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  );
  const sources = files.filter((file) => /\.tsx?$/.test(file)).map((file) => readFileSync(file, 'utf8'));
  const names = sources.flatMap((text) =>
    [...text.matchAll(/import \{([^}]*)\} from 'preact(?:\/hooks)?'/g)].flatMap(([, list]) =>
      list.split(',').map((name) => name.trim()),
    ),
  );
  const known = [
    'options',
    'render',
    'useCallback',
    'useEffect',
    'useId',
    'useLayoutEffect',
    'useMemo',
    'useRef',
    'useState',
  ];
  expect([...new Set(names)].filter((name) => !known.includes(name))).toEqual([]);
  for (const text of sources) expect(text).not.toMatch(/dangerouslySetInnerHTML|<math\b| is=| extends Component/);
});

type Renderer = Pick<typeof Preact, 'h' | 'render' | 'Fragment' | 'options'>;

/** What a module of Preact exports, under the names it exports it by. */
function load(text: string): Renderer {
  const body = text.replace(
    /export\{(.*)\};/,
    (_, list: string) => `return {${list.replaceAll(/([\w$]+) as (\w+)/g, '$2: $1')}};`,
  );
  return runInThisContext(`(() => {${body}\n})()`) as Renderer;
}

interface Tree {
  readonly tag: string;
  readonly key: number | undefined;
  readonly props: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly children: readonly (Tree | string | null)[];
}

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    tag: fc.constantFrom('div', 'button', 'input', 'svg', 'ul', 'textarea', 'Component', 'Fragment'),
    key: fc.option(fc.nat(4), { nil: undefined }),
    props: fc.dictionary(
      fc.constantFrom('class', 'title', 'hidden', 'aria-label', 'value', 'checked', 'style', 'disabled', 'viewBox'),
      fc.oneof(fc.constantFrom('', 'a', 'b'), fc.nat(3), fc.boolean(), fc.constantFrom(null, undefined)),
    ),
    children: fc.array(fc.oneof({ maxDepth: 3 }, fc.constantFrom('x', 'y', null), tie('tree')), { maxLength: 4 }),
  }),
}));

function draw({ h, Fragment }: Renderer, { tag, key, props, children }: Tree): Preact.ComponentChildren {
  const drawn = children.map((child) =>
    child === null || typeof child === 'string' ? child : draw({ h, Fragment } as Renderer, child),
  );
  const keyed: Preact.Attributes = key === undefined ? {} : { key };
  if (tag === 'Fragment') return h(Fragment, keyed, drawn);
  if (tag === 'Component') return h(() => drawn, keyed);
  return h(tag, { ...keyed, ...props }, tag === 'input' || tag === 'textarea' ? null : drawn);
}

it('renders what the whole renders, over what stood there and over what it rendered before', () => {
  const slim = slimPreact.transform(code, FILE)?.code ?? '';
  expect(slim.length).toBeLessThan(code.length - 1_500);
  const renderers = [load(code), load(slim)];
  fc.assert(
    fc.property(fc.array(tree, { minLength: 1, maxLength: 4 }), (trees) => {
      const roots = renderers.map(() => {
        const root = document.createElement('div');
        root.innerHTML = '<header><p>still</p></header><div class="a">text</div>';
        return root;
      });
      for (const each of trees) {
        const [whole, ours] = renderers.map((renderer, i) => {
          renderer.render(draw(renderer, each), roots[i]);
          return roots[i].innerHTML;
        });
        expect(ours).toBe(whole);
      }
    }),
  );
});
