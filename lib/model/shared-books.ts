import type { BookConfig } from './book-config';
import { createPositionBook, type PositionBook } from './position-book';

/** Books whose levels share one memory, for momentary work: each is filled, read, and gives way to the next. */
export interface SharedBooks {
  create(config: BookConfig): PositionBook;
  /** Gives the memory to a book made here; true where the book had it already and still holds what it was filled with. */
  claim(book: PositionBook): boolean;
}

/** The memory grows to the largest book that claimed it and is never given back. */
export function createSharedBooks(): SharedBooks {
  let memory = new ArrayBuffer(0);
  let holder: PositionBook | null = null;

  return {
    create: (config) => createPositionBook(config, () => new Float32Array(0)),
    claim(book) {
      if (book === holder) return true;
      holder = book;
      const sides = [book.long, book.short];
      const lengths = sides.map(({ layout, bases }) => 2 * layout.starts[bases.length]);
      const byteLength = Float32Array.BYTES_PER_ELEMENT * (lengths[0] + lengths[1]);
      if (byteLength > memory.byteLength) memory = new ArrayBuffer(byteLength);
      let byteOffset = 0;
      sides.forEach((side, i) => {
        if (side.cells.buffer !== memory) side.cells = new Float32Array(memory, byteOffset, lengths[i]);
        byteOffset += side.cells.byteLength;
      });
      return false;
    },
  };
}
