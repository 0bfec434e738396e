import type { SidesUsd } from '@/lib/market/profile';

/** Liquidation levels as a plain list, the way open models hold them: removed once a bar's range holds them. */
export interface LevelList {
  /** `sign` is +1 for a long's level, -1 for a short's. */
  add(price: number, qty: number, sign: 1 | -1): void;
  /** Removes what lies between low and high; returns price x quantity of it per side. */
  cross(low: number, high: number): SidesUsd;
  scale(factor: number): void;
  /** Sum of quantities. */
  tracked(): number;
  forEach(visit: (price: number, qty: number, sign: number) => void): void;
}

export function createLevelList(capacity: number): LevelList {
  const prices = new Float64Array(capacity);
  const quantities = new Float64Array(capacity);
  const signs = new Int8Array(capacity);
  let count = 0;
  return {
    add: (price, qty, sign) => {
      prices[count] = price;
      quantities[count] = qty;
      signs[count++] = sign;
    },
    cross: (low, high) => {
      let kept = 0;
      let long = 0;
      let short = 0;
      for (let i = 0; i < count; i++) {
        const price = prices[i];
        if (price >= low && price <= high) {
          if (signs[i] > 0) long += price * quantities[i];
          else short += price * quantities[i];
          continue;
        }
        prices[kept] = price;
        quantities[kept] = quantities[i];
        signs[kept++] = signs[i];
      }
      count = kept;
      return { long, short };
    },
    scale: (factor) => {
      for (let i = 0; i < count; i++) quantities[i] *= factor;
    },
    tracked: () => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += quantities[i];
      return sum;
    },
    forEach: (visit) => {
      for (let i = 0; i < count; i++) visit(prices[i], quantities[i], signs[i]);
    },
  };
}
