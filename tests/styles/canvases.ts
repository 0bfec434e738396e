import { vi } from 'vitest';

class FakeImageData {
  readonly data: Uint8ClampedArray;
  constructor(data: Uint8ClampedArray) {
    this.data = data;
  }
}

/** Keeps the pixels that were put into it. */
export class FakeCanvas {
  pixels = new Uint32Array(0);
  readonly width: number;
  readonly height: number;
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }
  /** What is painted from then on is not in it. */
  transferToImageBitmap() {
    return Object.assign(new FakeCanvas(this.width, this.height), { pixels: this.pixels });
  }
  getContext() {
    return {
      putImageData: ({ data }: FakeImageData) => {
        this.pixels = new Uint32Array(data.buffer.slice(0) as ArrayBuffer);
      },
    };
  }
}

/** For pictures that are painted outside a browser. */
export function standInForCanvases(): void {
  vi.stubGlobal('OffscreenCanvas', FakeCanvas);
  vi.stubGlobal('ImageData', FakeImageData);
}

export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly alpha: number;
}

/** A context that writes down what is drawn with it. */
export function recordingContext() {
  const calls: Call[] = [];
  const context = { globalAlpha: 1 } as Record<string, unknown>;
  for (const name of ['save', 'restore', 'setTransform', 'beginPath', 'rect', 'clip', 'clearRect', 'drawImage'])
    context[name] = (...args: unknown[]) => void calls.push({ name, args, alpha: Number(context['globalAlpha']) });
  return { context: context as unknown as CanvasRenderingContext2D, calls };
}
