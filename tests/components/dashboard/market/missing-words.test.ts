import { expect, it } from 'vitest';

import { missingWords } from '@/components/dashboard/market/missing-words';
import { cause } from '@/lib/core/cause';
import type { VenueId } from '@/lib/market/contract';

const venue = (venueId: VenueId, problem: string | null) => ({ venueId, ageMs: null, problem });

it('tells venues that fail alike in one sentence', () => {
  const words = missingWords([
    venue('binance', cause('unreachable', { venue: 'Binance' })),
    venue('bybit', cause('wait', { venue: 'Bybit', seconds: 30 })),
    venue('okx', cause('unreachable', { venue: 'OKX' })),
    venue('gate', null),
    venue('bitget', cause('wait', { venue: 'Bitget', seconds: 60 })),
    venue('hyperliquid', 'of its own words'),
  ]);
  expect(words).toEqual([
    'Binance, OKX cannot be reached.',
    'Bybit asked to wait 30 s before the next request.',
    'Bitget asked to wait 60 s before the next request.',
    'Without Hyperliquid. of its own words',
  ]);
});

it('says nothing while all venues answer', () => expect(missingWords([venue('binance', null)])).toEqual([]));
