// @vitest-environment happy-dom
import { expect, it } from 'vitest';

import { DashboardHeader } from '@/components/dashboard/DashboardHeader';

import { CONTRACT, SUMMARY } from '../samples';
import { createRoot } from './rendering';

const { show, texts } = createRoot();
const header = (members: typeof SUMMARY.members) => (
  <DashboardHeader
    contract={CONTRACT}
    proxyFor={null}
    summary={{ ...SUMMARY, members }}
    ageMs={600}
    tone="ok"
    status={null}
    isFavourite={false}
    onFavourite={() => {}}
    isChoosing={false}
    onChoose={() => {}}
    onSidePanel={null}
  />
);

it('says beside the age of which venues the figures are, of one that counts alone by its name', async () => {
  const [first] = SUMMARY.members;
  await show(header([first]));
  expect(texts('.header-health')).toEqual(['Binance · 0.6s']);
  await show(header([first, { ...first, venueId: 'bybit' }]));
  expect(texts('.header-health')).toEqual(['2 venues · 0.6s']);
});
