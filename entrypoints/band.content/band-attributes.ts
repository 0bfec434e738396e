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

/** Writes on the element what others may rely on: its state, its contract, and where the picture has which price. */
export function publishBand(
  element: BandElement,
  state: BandState,
  scale: PriceScale | null,
  { resolution, sums }: Market,
): void {
  const reason = hiddenReason(state);
  const resolved = resolution?.ok === true ? resolution : null;
  const shown = state.kind === 'ready' ? scale : null;
  element.setAttribute('data-state', reason === null ? 'ready' : 'hidden');
  element.setAttribute('data-reason', reason);
  element.setAttribute('data-contract', resolved?.contract.id ?? null);
  element.setAttribute('data-proxy', resolved?.proxyFor ?? null);
  element.setAttribute('data-top-price', shown && String(shown.topPrice));
  element.setAttribute('data-bottom-price', shown && String(shown.bottomPrice));
  element.setAttribute('data-as-of', sums === null ? null : String(sums.profile.asOfMs));
}

/** Has a band write how its scale is read and how far that may be off, whenever it is asked: nobody needs it in every frame. */
export function answerScale(element: BandElement, messageNow: () => ScaleMessage | null): void {
  element.host.addEventListener(ASK_EVENT, () => {
    const message = messageNow();
    element.setAttribute(
      'data-scale',
      message?.state === 'ready' ? `${message.source} ${message.disagreementPx}` : null,
    );
  });
}
