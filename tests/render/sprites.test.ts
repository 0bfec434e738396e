import { beforeEach, expect, it, vi } from 'vitest';

import type { BandView } from '@/lib/render/band-view';
import type { Context } from '@/lib/render/draw-text';
import { createSprites, type Sprite, type Sprites } from '@/lib/render/sprites';
import { BAND_COLOURS } from '@/lib/render/theme';

const created: { readonly width: number; readonly height: number }[] = [];
const target = {
  setTransform: vi.fn(),
  drawImage: vi.fn(),
};
const paint = vi.fn();
let sprites: Sprites;

const VIEW = { ratioX: 1.5, ratioY: 1.5, bandWidth: 72, colours: BAND_COLOURS.dark } as BandView;
const FLAG = { name: 'flag', content: '$1M', width: 70, height: 22, paint };
const draw = (change: Partial<Sprite> = {}, view: Partial<BandView> = {}, y = 5): void =>
  sprites.draw(target as unknown as Context, { ...VIEW, ...view }, { ...FLAG, ...change }, 10, y);

beforeEach(() => {
  created.length = 0;
  vi.clearAllMocks();
  sprites = createSprites((width, height, paintOn) => {
    created.push({ width, height });
    paintOn(target as unknown as Context);
    return {} as CanvasImageSource;
  });
});

it('draws what is new as it is, then paints it once and copies it every time', () => {
  draw();
  expect(created).toHaveLength(0);
  draw({}, {}, 90);
  draw();
  expect(paint).toHaveBeenCalledTimes(2);
  expect(created).toHaveLength(1);
  expect(target.drawImage).toHaveBeenCalledTimes(2);
});

it('has a picture as large as its device pixels, and puts it on whole ones', () => {
  draw();
  draw({}, {}, 5.5);
  expect(created).toEqual([{ width: 105, height: 33 }]);
  expect(target.drawImage.mock.calls[0].slice(1).map((length) => Number(length) * 1.5)).toEqual([15, 8, 105, 33]);
});

it('makes one picture a frame, and draws the others as they are at the same place', () => {
  const frame = (): void => {
    const view = { ...VIEW };
    for (const name of ['one', 'other']) sprites.draw(target as unknown as Context, view, { ...FLAG, name }, 10, 5.5);
  };
  frame();
  frame();
  expect(created).toHaveLength(1);
  expect(target.drawImage).toHaveBeenCalledTimes(1);
  expect(target.setTransform.mock.calls).toContainEqual([1.5, 0, 0, 1.5, 15, 8]);
  frame();
  expect(created).toHaveLength(2);
  expect(target.drawImage).toHaveBeenCalledTimes(3);
});

it('paints another picture for other content, and lets the old one stand in until then', () => {
  const frame = (content: string): void => {
    const view = { ...VIEW };
    for (const name of ['one', 'other'])
      sprites.draw(target as unknown as Context, view, { ...FLAG, name, content }, 10, 5);
  };
  for (let i = 0; i < 3; i++) frame('$1M');
  expect([created.length, paint.mock.calls.length]).toEqual([2, 5]);
  frame('$2M');
  expect([created.length, paint.mock.calls.length]).toEqual([3, 6]);
  frame('$2M');
  frame('$2M');
  expect([created.length, paint.mock.calls.length]).toEqual([4, 7]);
});

it('copies no old figures where the next frame may be seconds away', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const shown: string[] = [];
  const frame = (atMs: number, content: string): void => {
    clock.mockReturnValue(atMs);
    const view = { ...VIEW };
    for (const name of ['one', 'other']) {
      const says = { name, content, paint: () => void shown.push(`${name} ${content}`) };
      sprites.draw(target as unknown as Context, view, { ...FLAG, ...says }, 10, 5);
    }
  };
  // Painted, or drawn as it is.
  for (const [at, content] of ['$1M', '$1M', '$1M', '$2M', '$3M'].entries()) frame(1_000 * at, content);
  expect(shown.slice(-4)).toEqual(['one $2M', 'other $2M', 'one $3M', 'other $3M']);
  clock.mockRestore();
});

it.each([{ colours: BAND_COLOURS.light }, { ratioX: 2 }, { ratioY: 2 }, { bandWidth: 96 }])(
  'forgets all pictures when the look changes: %j',
  (change) => {
    for (const look of [{}, change]) for (let i = 0; i < 3; i++) draw({}, look);
    expect(created).toHaveLength(2);
  },
);

it('tells that an old picture stood in, until its successor is painted', () => {
  const frame = (content: string): boolean => {
    const view = { ...VIEW };
    for (const name of ['one', 'other'])
      sprites.draw(target as unknown as Context, view, { ...FLAG, name, content }, 10, 5);
    return sprites.isBehind;
  };
  for (let i = 0; i < 3; i++) expect(frame('$1M')).toBe(false);
  expect([frame('$2M'), frame('$2M')]).toEqual([true, false]);
});

it('forgets pictures long out of sight when there are too many, and none of those in sight', () => {
  const painted: string[] = [];
  const frame = (label: string): void => {
    const view = { ...VIEW };
    for (const name of ['plate', label]) {
      const sprite = { ...FLAG, name, paint: () => void painted.push(name) };
      sprites.draw(target as unknown as Context, view, sprite, 10, 5);
    }
  };
  const paintsOf = (wanted: string): number => painted.filter((name) => name === wanted).length;
  for (let i = 0; i < 240; i++) frame(`${i}`);
  // As it is, then for its picture.
  expect(paintsOf('plate')).toBe(2);
  frame('239');
  frame('239');
  expect(paintsOf('239')).toBe(2);
  frame('0');
  expect(paintsOf('0')).toBe(2);
});
