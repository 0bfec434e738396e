import { describe, expect, it } from 'vitest';

import { createHiddenWords } from '@/entrypoints/band.content/hidden-words';

describe('createHiddenWords', () => {
  it('keeps silent for a moment, then says why for a while, then leaves a tab', () => {
    let nowMs = 0;
    const words = createHiddenWords(() => nowMs);
    words.note('no-scale');
    expect([words.says(), words.nextChangeMs()]).toEqual(['nothing', 1_000]);
    nowMs = 1_000;
    words.note('no-scale');
    expect([words.says(), words.nextChangeMs()]).toEqual(['why', 6_000]);
    nowMs = 7_000;
    expect([words.says(), words.nextChangeMs()]).toEqual(['tab', null]);
  });

  it('begins anew with another reason, and after having been shown', () => {
    let nowMs = 10_000;
    const words = createHiddenWords(() => nowMs);
    words.note('no-scale');
    nowMs = 20_000;
    words.note('blocked');
    expect(words.says()).toBe('nothing');
    nowMs = 22_000;
    words.note(null);
    words.note('blocked');
    expect(words.says()).toBe('nothing');
  });
});
