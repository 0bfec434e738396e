import type { Liquidation } from '@/lib/market/liquidation';

const SLOT_COUNT = 2 ** 17;

/** Whether an event has come by lately: venues repeat themselves after a reconnect, and give their events no id. */
export interface RecentlySeen {
  /** True where it was there already; it is from now on. */
  seen(key: number, liquidation: Liquidation): boolean;
}

/**
 * A table of the last hundred thousand or so by fingerprint, each in the one slot that its fingerprint names, so that it
 * never grows and costs the same in a burst. Two events share 53 bits by chance once in 10^11 pairs of one slot.
 */
export function createRecentlySeen(): RecentlySeen {
  const slots = new Float64Array(SLOT_COUNT);
  const numbers = new Float64Array(4);
  const words = new Uint32Array(numbers.buffer);

  const mix = (seed: number): number => {
    let hash = seed;
    for (let i = 0; i < words.length; i++) {
      hash = Math.imul(hash ^ words[i], 0x85ebca6b);
      hash ^= hash >>> 15;
      hash = Math.imul(hash, 0xc2b2ae35);
      hash ^= hash >>> 13;
    }
    return hash >>> 0;
  };

  return {
    seen(key, { timeMs, positionSide, bankruptcyPrice, qty }) {
      numbers[0] = key;
      numbers[1] = timeMs;
      numbers[2] = positionSide === 'long' ? bankruptcyPrice : -bankruptcyPrice;
      numbers[3] = qty;
      const low = mix(0x9e3779b9);
      // Never 0, which an empty slot holds.
      const fingerprint = (mix(0x7f4a7c15) >>> 11) * 2 ** 32 + low + 1;
      const slot = low & (SLOT_COUNT - 1);
      if (slots[slot] === fingerprint) return true;
      slots[slot] = fingerprint;
      return false;
    },
  };
}
