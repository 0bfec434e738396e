import type { WordKey } from '@/lib/i18n/words';
import type { HiddenReason } from '@/lib/market/chart-symbol';

/** What the tab at the pane's foot shows and says. */
export interface HiddenLook {
  readonly icon: 'eye' | 'bar' | 'triangle';
  /** `Hidden` where there is none. */
  readonly title?: WordKey;
  /** What it means and what happens next. */
  readonly text: WordKey;
}

/** Reasons without an entry show no tab: nothing is wrong, there is just nothing yet. */
export const HIDDEN_LOOKS: Readonly<Partial<Record<HiddenReason, HiddenLook>>> = {
  'unmapped-symbol': { icon: 'eye', text: 'band.why.unmapped' },
  'no-scale': { icon: 'triangle', text: 'band.why.noScale' },
  'scale-disagrees': { icon: 'triangle', text: 'band.why.disagrees' },
  'no-base-price': { icon: 'eye', text: 'band.why.noBase' },
  'price-out-of-range': { icon: 'eye', text: 'band.why.otherPrice' },
  stale: { icon: 'triangle', text: 'band.why.stale' },
  blocked: { icon: 'bar', title: 'band.blocked', text: 'band.why.blocked' },
  withheld: { icon: 'bar', title: 'band.noAccess', text: 'band.why.withheld' },
  'venue-down': { icon: 'triangle', text: 'band.why.down' },
  'no-data': { icon: 'eye', text: 'band.why.noData' },
};
