import type { PriceScale } from '@/lib/chart/price-scale';
import type { ScaleMessage } from '@/lib/messaging/page';
import { ASK_EVENT } from '@/lib/messaging/readers-question';
import type { BandState } from '@/lib/render/band-state';

import type { BandElement } from './band-element';
import type { Market } from './market';

/** Why nothing is shown; null where something is. */
export function hiddenReason(state: BandState): string | null {
  if (state.kind === 'hidden') return state.reason;
  return state.kind === 'loading' ? 'connecting' : null;
}

/** Writes on the element what others may rely on: its state and its contract. */
export function publishBand(element: BandElement, state: BandState, { resolution, sums }: Market): void {
  const reason = hiddenReason(state);
  const resolved = resolution?.ok === true ? resolution : null;
  element.setAttribute('data-state', reason === null ? 'ready' : 'hidden');
  element.setAttribute('data-reason', reason);
  element.setAttribute('data-contract', resolved?.contract.id ?? null);
  element.setAttribute('data-proxy', resolved?.proxyFor ?? null);
  element.setAttribute('data-as-of', sums === null ? null : String(sums.profile.asOfMs));
}

/**
 * Has a band write, whenever it is asked, where it puts which price, how its scale is read and how far that may be off: to
 * write them in every frame of a moving chart would cost as much as painting the strip.
 */
export function answerScale(
  element: BandElement,
  scaleNow: () => { readonly shown: PriceScale | null; readonly message: ScaleMessage | null },
): void {
  element.host.addEventListener(ASK_EVENT, () => {
    const { shown, message } = scaleNow();
    element.setAttribute(
      'data-scale',
      message?.state === 'ready' ? `${message.source} ${message.disagreementPx}` : null,
    );
    element.setAttribute('data-top-price', shown && String(shown.topPrice));
    element.setAttribute('data-bottom-price', shown && String(shown.bottomPrice));
  });
}
