/** Smallest key first; grows as needed. */
export interface Heap {
  readonly size: number;
  /** Infinity when empty. */
  peekKey(): number;
  push(key: number, id: number): void;
  /** The id of the smallest key. */
  pop(): number;
}

export const createHeap = (): Heap => {
  const keys: number[] = [];
  const ids: number[] = [];
  return {
    get size() {
      return keys.length;
    },
    peekKey: () => keys[0] ?? Infinity,
    push(key, id) {
      let hole = keys.length;
      while (hole > 0) {
        const parent = (hole - 1) >> 1;
        if (keys[parent] <= key) break;
        keys[hole] = keys[parent];
        ids[hole] = ids[parent];
        hole = parent;
      }
      keys[hole] = key;
      ids[hole] = id;
    },
    pop() {
      const top = ids[0];
      const key = keys.pop();
      const id = ids.pop();
      const size = keys.length;
      if (key === undefined || id === undefined) throw new Error('pop from an empty heap');
      if (size === 0) return id;
      let hole = 0;
      for (;;) {
        let child = 2 * hole + 1;
        if (child >= size) break;
        if (child + 1 < size && keys[child + 1] < keys[child]) child++;
        if (keys[child] >= key) break;
        keys[hole] = keys[child];
        ids[hole] = ids[child];
        hole = child;
      }
      keys[hole] = key;
      ids[hole] = id;
      return top;
    },
  };
};
