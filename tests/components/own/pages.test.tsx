// @vitest-environment happy-dom
import '../../english';
import axe from 'axe-core';
import { type ComponentChild, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { AlertsPage } from '@/components/own/AlertsPage';
import { createOwnModel } from '@/components/own/own-model';
import { PositionsPage } from '@/components/own/PositionsPage';
import type { AlertFiring, AlertRule } from '@/lib/market/alert';
import type { Contract } from '@/lib/market/contract';
import type { OwnPositionRow } from '@/lib/market/own-position';
import type { ClientMessage, ServerMessage } from '@/lib/messaging/protocol';

import { CONTRACT, NOW_MS } from '../samples';

const ROW: OwnPositionRow = {
  position: {
    id: 'a',
    contractId: CONTRACT.id,
    positionSide: 'long',
    entryPrice: 60_000,
    size: 0.25,
    sizeUnit: 'base',
    margin: { kind: 'leverage', leverage: 20 },
  },
  contract: CONTRACT,
  liquidationPrice: 57_228.9,
  tiersSource: 'venue',
  markPrice: 60_249.8,
  between: { usd: 197e6, range: { lowUsd: 50e6, highUsd: 400e6, confidence: 'fair' } },
};
const RULE: AlertRule = {
  id: 'r',
  isOn: true,
  contractId: CONTRACT.id,
  condition: { kind: 'near-cluster', within: 0.02, leastUsd: 1e7 },
  cooldownMs: 3_600_000,
};
const FIRING: AlertFiring = {
  id: 'r x 1',
  ruleId: 'r',
  contractId: CONTRACT.id,
  priceDigits: 1,
  atMs: NOW_MS,
  facts: { kind: 'near-cluster', positionSide: 'long', price: 58_906, usd: 21.9e6, distance: -0.0123 },
  isTold: true,
};

/** Synchronous: nothing here waits. */
const now = (work: () => void): void => void act(work);

let root: HTMLElement;
let sent: ClientMessage[];
let asked: number;
let tell: (message: ServerMessage) => void;
const model = () => {
  const listeners: ((message: ServerMessage) => void)[] = [];
  tell = (message) => now(() => listeners.forEach((listener) => listener(message)));
  return createOwnModel({
    send: (message) => sent.push(message),
    onMessage: (listener) => void listeners.push(listener),
    onConnection: () => {},
  });
};
const show = (page: ComponentChild) => now(() => render(page, root));
const type = (label: string, text: string) =>
  now(() => {
    const input = [...root.querySelectorAll('label.field-label')]
      .find((each) => each.textContent === label)
      ?.parentElement?.querySelector('input');
    input!.value = text;
    input!.dispatchEvent(new Event('input', { bubbles: true }));
  });
const submit = () => now(() => void root.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true })));
const text = () => root.textContent.replaceAll(/\s+/g, ' ');
/** Of cells that name their column themselves, whether each does so in the head's words. */
const nameTheirColumns = () =>
  [...root.querySelectorAll<HTMLTableCellElement>('.own-table [data-label]')].map(
    (cell) => cell.dataset['label'] === root.querySelectorAll('.own-table thead th')[cell.cellIndex].textContent,
  );
const violations = async () => (await axe.run(root)).violations.map(({ id }) => id);

beforeEach(() => {
  document.documentElement.lang = 'en';
  document.title = 'Liqband';
  root = document.body.appendChild(document.createElement('main'));
  sent = [];
  asked = 0;
});
afterEach(() => {
  now(() => render(null, root));
  root.remove();
});

it('lists positions with their figures, and saves one once every field is right', async () => {
  show(<PositionsPage model={model()} contract={CONTRACT} contracts={[CONTRACT]} onListContracts={() => {}} />);
  expect(text()).toContain('Waiting for the background');
  tell({ type: 'positions', key: 'positions', rows: [] });
  expect(text()).toContain('Enter a position to see where it would be liquidated');
  tell({ type: 'positions', key: 'positions', rows: [ROW] });
  for (const figure of ['0.25 BTC', '20x isolated', '57,228.9', '−5.01%', '$197M']) expect(text()).toContain(figure);
  expect(nameTheirColumns()).toEqual(Array.from({ length: 8 }, () => true));
  expect(await violations()).toEqual([]);

  submit();
  expect(root.querySelectorAll('.field-error')).toHaveLength(3);
  expect(sent.map((message) => message.type)).toEqual(['watch-positions']);
  expect(await violations()).toEqual([]);
  type('Entry price', '61,000');
  type('Size', '0.5');
  type('Leverage', '10');
  submit();
  expect(sent.at(-1)).toMatchObject({ type: 'save-position', position: { entryPrice: 61_000, size: 0.5 } });

  now(() => root.querySelector<HTMLButtonElement>('[aria-label="Edit: BTCUSDT"]')!.click());
  type('Size', '0.75');
  submit();
  expect(sent.at(-1)).toEqual({ type: 'save-position', position: { ...ROW.position, size: 0.75 } });
  now(() => root.querySelector<HTMLButtonElement>('[aria-label="Remove: BTCUSDT"]')!.click());
  expect(sent.at(-1)).toEqual({ type: 'remove-position', positionId: 'a' });
});

it('keeps the keyboard where one is: in the form that begins, at the row that is left', () => {
  const other = { ...ROW, position: { ...ROW.position, id: 'b', contractId: 'binance:ETHUSDT' } } as const;
  const own = model();
  show(<PositionsPage model={own} contract={CONTRACT} contracts={[CONTRACT]} onListContracts={() => {}} />);
  const rows = (...rows: readonly OwnPositionRow[]) => tell({ type: 'positions', key: 'positions', rows });
  rows(ROW, other);
  // Nobody has been anywhere yet.
  expect(document.activeElement).toBe(document.body);
  const press = (label: string) =>
    now(() => {
      const button = root.querySelector<HTMLButtonElement>(`[aria-label="${label}"]`)!;
      button.focus();
      button.click();
    });
  const isInForm = () => root.querySelector('form')!.contains(document.activeElement);
  press('Edit: BTCUSDT');
  expect(isInForm()).toBe(true);
  submit();
  expect(isInForm()).toBe(true);
  press('Remove: BTCUSDT');
  rows(other);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove: ETHUSDT');
  press('Remove: ETHUSDT');
  rows();
  expect(isInForm()).toBe(true);
});

it('keeps what is half typed, and of which contract, while another is chosen for the page', () => {
  const other = { ...CONTRACT, id: 'bybit:ETHUSDT', symbol: 'ETHUSDT', baseAsset: 'ETH', venueId: 'bybit' } as const;
  const own = model();
  const page = (contract: Contract | null) =>
    show(<PositionsPage model={own} contract={contract} contracts={[CONTRACT, other]} onListContracts={() => {}} />);
  page(null);
  tell({ type: 'positions', key: 'positions', rows: [] });
  page(other);
  expect(text()).toContain('ETHUSDT');
  page(CONTRACT);
  expect(text()).toContain('BTCUSDT');
  type('Entry price', '61,000');
  page(other);
  type('Size', '0.5');
  type('Leverage', '10');
  submit();
  expect(sent.at(-1)).toMatchObject({
    type: 'save-position',
    position: { contractId: CONTRACT.id, entryPrice: 61_000 },
  });
  // The next one begins with what the page shows.
  expect(text()).toContain('ETHUSDT');
});

it('takes the contract of a rule that is being changed from a list that comes later', async () => {
  const own = model();
  const page = (contracts: readonly Contract[] | null) =>
    show(
      <AlertsPage
        model={own}
        contract={null}
        contracts={contracts}
        access={{ isAllowed: () => Promise.resolve(true), ask: () => Promise.resolve(true) }}
        onListContracts={() => {}}
      />,
    );
  page(null);
  tell({ type: 'alerts', key: 'alerts', rules: [RULE], quiet: null, log: [] });
  now(() => root.querySelector<HTMLButtonElement>('[aria-label^="Edit: "]')!.click());
  type('Within', '3');
  page([CONTRACT]);
  submit();
  expect(sent.at(-1)).toMatchObject({
    type: 'save-rule',
    rule: { contractId: CONTRACT.id, condition: { within: 0.03 } },
  });
});

it('lists rules and what they told, and asks for notifications with the first rule', async () => {
  const access = {
    isAllowed: () => Promise.resolve(false),
    ask() {
      asked += 1;
      return Promise.resolve(true);
    },
  };
  show(
    <AlertsPage
      model={model()}
      contract={CONTRACT}
      contracts={[CONTRACT]}
      access={access}
      onListContracts={() => {}}
    />,
  );
  await act(async () => {});
  tell({ type: 'alerts', key: 'alerts', rules: [], quiet: null, log: [] });
  expect(text()).toContain('No rule yet');
  submit();
  expect(root.querySelectorAll('.field-error')).toHaveLength(1);
  expect(asked).toBe(0);
  type('Cluster above', '10,000,000');
  submit();
  expect(sent.at(-1)).toMatchObject({ type: 'save-rule', rule: { condition: { within: 0.01, leastUsd: 1e7 } } });
  expect(asked).toBe(1);

  const quiet = { fromMinute: 22 * 60, toMinute: 7 * 60 };
  tell({ type: 'alerts', key: 'alerts', rules: [RULE], quiet, log: [FIRING] });
  for (const words of [
    'Price within 2.0% of a cluster above $10.0M',
    'BTCUSDT, Binance',
    'BTCUSDT, Binance: near a cluster',
    '$21.9M of longs at 58,906, −1.23% away',
  ])
    expect(text()).toContain(words);
  expect(nameTheirColumns()).toEqual([true, true, true]);
  expect(await violations()).toEqual([]);
  now(() => root.querySelector<HTMLButtonElement>('.own-table [role="switch"]')!.click());
  expect(sent.at(-1)).toEqual({ type: 'save-rule', rule: { ...RULE, isOn: false } });
  now(() => root.querySelector<HTMLButtonElement>('.quiet-hours [role="switch"]')!.click());
  expect(sent.at(-1)).toEqual({ type: 'set-quiet', quiet: null });
});
