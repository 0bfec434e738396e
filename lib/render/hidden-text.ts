import type { HiddenReason } from '@/lib/market/chart-symbol';

/** What the tab at the pane's foot shows and says. */
export interface HiddenText {
  readonly icon: 'eye' | 'bar' | 'triangle';
  readonly title: string;
  /** What it means and what happens next; the detail of the moment goes before it. */
  readonly text: string;
}

/** Reasons without an entry show no tab: nothing is wrong, there is just nothing yet. */
export const HIDDEN_TEXTS: Readonly<Partial<Record<HiddenReason, HiddenText>>> = {
  'unmapped-symbol': {
    icon: 'eye',
    title: 'Hidden',
    text: 'No futures contract is known for this symbol, so there are no levels.',
  },
  'no-scale': { icon: 'triangle', title: 'Hidden', text: 'The price axis cannot be read yet. Trying again.' },
  'scale-disagrees': {
    icon: 'triangle',
    title: 'Hidden',
    text: 'Two readings of the price axis differ, levels would be misplaced. Trying again.',
  },
  'price-out-of-range': {
    icon: 'eye',
    title: 'Hidden',
    text: 'The axis is far from the contract\u2019s price: this chart shows something else.',
  },
  stale: { icon: 'triangle', title: 'Hidden', text: 'No new data for two minutes. Levels return with the connection.' },
  blocked: { icon: 'bar', title: 'Blocked', text: 'The exchange refuses requests from this location.' },
  withheld: {
    icon: 'bar',
    title: 'No access',
    text: 'The browser withholds the exchange\u2019s host. Grant it in the popup.',
  },
  'venue-down': { icon: 'triangle', title: 'Hidden', text: 'The exchange does not answer. Trying again.' },
  'no-data': { icon: 'eye', title: 'Hidden', text: 'The exchange has no history of this contract yet.' },
};
