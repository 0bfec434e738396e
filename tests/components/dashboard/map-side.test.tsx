// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';

import { MapSide } from '@/components/dashboard/MapSide';
import type { NoticeContent } from '@/components/Notice';
import type { PanelBody } from '@/components/panel/panel-view';

import { SUMMARY } from '../samples';
import { createRoot } from './rendering';

const { show, text, texts, click, element } = createRoot();
const FIGURES = ['.side-card', '.ladder tbody tr', '.windows label'];
const counts = () => FIGURES.map((selector) => element().querySelectorAll(selector).length);
const notice: NoticeContent = {
  icon: 'warning',
  tone: 'bad',
  word: 'Down',
  title: 'Binance cannot be reached',
  text: 'It is tried again by itself.',
  actions: ['retry'],
};
const draw = async (body: PanelBody) => {
  const onAction = vi.fn();
  await show(<MapSide body={body} onAction={onAction} />);
  return onAction;
};

it('holds room for figures before anything is told, and none of them reads as one', async () => {
  await draw({ kind: 'starting' });
  expect(text()).not.toMatch(/\$|\d/);
  expect(element().querySelector('.skeleton')).not.toBeNull();
});

it('says how far the history is, without figures of half of it', async () => {
  await draw({ kind: 'filling', daysDone: 12.3, daysTotal: 30, leftMs: 42_000 });
  expect(text()).toContain('12 of 30 d · 42s left');
  expect(element().querySelector<HTMLProgressElement>('progress')?.value).toBe(12.3);
  expect(text()).not.toContain('$');
});

it('says why there are no figures, and does what is offered', async () => {
  const onAction = await draw({ kind: 'message', notice });
  expect(text()).toContain('Binance cannot be reached');
  await click('Retry now');
  expect(onAction).toHaveBeenCalledExactlyOnceWith('retry');
  expect(text()).not.toContain('$');
});

it('keeps its figures below what is wrong with them', async () => {
  await draw({ kind: 'figures', summary: SUMMARY, profile: null, ageMs: 90_000, tone: 'warn', notices: [notice] });
  expect(texts('.notice')[0]).toContain('Binance cannot be reached');
  expect(counts()).toEqual([2, SUMMARY.atRisk.length, SUMMARY.liquidated.length]);
  expect(texts('.side-card .total')).toEqual(['$686M', '$721M']);
});
