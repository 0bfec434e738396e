/** FNV-1a of numbers' bits, word by word: tells whether some of them changed since, proves nothing. */
export function hashNumbers(numbers: Float64Array): number {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2);
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  return hash >>> 0;
}

/** The same of anything that can be stored: every number, text and array in it, in their order. */
export function hashStored(value: unknown): number {
  if (value instanceof Float64Array) return hashNumbers(value);
  if (typeof value === 'number') return hashNumbers(Float64Array.of(value));
  if (typeof value !== 'object' || value === null) return parseInt(hashText(String(value)), 16);
  const inner = ArrayBuffer.isView(value) ? [Float64Array.from(value as Float32Array)] : Object.entries(value).flat();
  return inner.reduce<number>((hash, each) => Math.imul(hash ^ hashStored(each), 0x01000193) >>> 0, 0x811c9dc5);
}

/** FNV-1a of a text's UTF-16 units as eight hexadecimal digits: tells versions apart, proves nothing. */
export function hashText(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
