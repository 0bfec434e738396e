import type { Frame } from 'playwright-core';

/**
 * Pointer, wheel, key and touch events at random places of a chart, its axis and what lies around, the same for the same
 * seed; more than half of them where the band stands. They are dispatched within the page, each at the element that the
 * pointer would find there: so ten thousand, of 3,600 gestures, take seconds.
 */
export const storm = (frame: Frame, seed: number, gestureCount: number): Promise<Storm> =>
  frame.evaluate(stormHere, { seed, gestureCount });

export interface Storm {
  readonly events: number;
  /** What they met on their way, as one number: elements, and whether the page took the event for itself. */
  readonly trace: number;
}

/** Chromium's, and not among TypeScript's. */
declare const InputDeviceCapabilities: new (init: { readonly firesTouchEvents: boolean }) => object;

/** Runs in the page. */
async function stormHere({ seed, gestureCount }: { seed: number; gestureCount: number }): Promise<Storm> {
  const rect = window.__chart?.paneRect();
  if (rect === undefined) throw new Error('The page has no chart');
  let state = seed;
  /** Mulberry32. */
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const place = () => {
    const right = rect.x + rect.width;
    return {
      clientX: Math.round(random() < 0.6 ? right - 150 * random() : rect.x + (rect.width + 90) * random()),
      // Below the toolbar: what its buttons load comes when the network pleases.
      clientY: Math.round(rect.y + 1 + (rect.height + 40) * random()),
    };
  };
  const bubbling = { bubbles: true, cancelable: true, composed: true };
  const keys = ['Escape', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', '+', '-', 'Tab', 'a'];
  let trace = 0;
  let events = 0;

  const send = (target: Element, event: Event): void => {
    const isLeft = target.dispatchEvent(event);
    events++;
    for (const letter of `${event.type} ${target.tagName} ${target.className} ${isLeft}`)
      trace = Math.imul(trace ^ letter.charCodeAt(0), 16777619) >>> 0;
  };
  // Of an event that does not tell, charts believe for half a second by the clock that it came of the touch before it.
  const sourceCapabilities = new InputDeviceCapabilities({ firesTouchEvents: false });
  const sendMouse = (target: Element, at: ReturnType<typeof place>, buttons: number, ...types: string[]): void => {
    const init = {
      ...bubbling,
      ...at,
      sourceCapabilities,
      button: 0,
      buttons,
      pointerId: 1,
      pointerType: 'mouse',
      isPrimary: true,
    };
    for (const type of types)
      send(target, type.startsWith('pointer') ? new PointerEvent(type, init) : new MouseEvent(type, init));
  };
  const sendTouch = (target: Element, at: ReturnType<typeof place>, type: string): void => {
    const point = new Touch({ identifier: 7, target, ...at, pageX: at.clientX, pageY: at.clientY });
    const touches = type === 'touchend' ? [] : [point];
    send(target, new TouchEvent(type, { ...bubbling, touches, targetTouches: touches, changedTouches: [point] }));
  };

  // A gesture is sent in one go: what a chart does by the clock must not decide.
  const gestures = [
    (target: Element, at: ReturnType<typeof place>) => sendMouse(target, at, 0, 'pointermove', 'mousemove'),
    (target: Element, at: ReturnType<typeof place>) => {
      sendMouse(target, at, 1, 'pointerdown', 'mousedown');
      const to = random() < 0.5 ? at : place();
      sendMouse(target, to, 1, 'pointermove', 'mousemove');
      sendMouse(target, to, 0, 'pointerup', 'mouseup', 'click');
    },
    (target: Element, at: ReturnType<typeof place>) => {
      const deltaX = random() < 0.2 ? Math.round(200 * (random() - 0.5)) : 0;
      const deltaY = Math.round(200 * (random() - 0.5));
      send(target, new WheelEvent('wheel', { ...bubbling, ...at, deltaX, deltaY }));
    },
    () => {
      const key = keys[Math.floor(random() * keys.length)];
      const focused = document.activeElement ?? document.body;
      for (const type of ['keydown', 'keyup']) send(focused, new KeyboardEvent(type, { ...bubbling, key }));
    },
    (target: Element, at: ReturnType<typeof place>) => {
      sendTouch(target, at, 'touchstart');
      if (random() < 0.5) sendTouch(target, place(), 'touchmove');
      sendTouch(target, at, 'touchend');
    },
  ];
  for (let i = 0; i < gestureCount; i++) {
    const at = place();
    const target = document.elementFromPoint(at.clientX, at.clientY) ?? document.body;
    gestures[Math.floor(random() * gestures.length)](target, at);
    if (i % 25 === 24) await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return { events, trace };
}
