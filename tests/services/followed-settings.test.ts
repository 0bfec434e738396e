import { describe, expect, it, vi } from 'vitest';

import { followSettings } from '@/lib/services/followed-settings';

import { storedValue } from './hub-stage';

describe('followSettings', () => {
  const ignore = { width: () => {}, side: () => {} };

  it('holds the first values until the stored ones are read, then those', async () => {
    const stored = { width: storedValue(80), side: storedValue('long') };
    const settings = followSettings(stored, { width: 72, side: 'both' }, ignore, () => {});
    expect(settings.now).toEqual({ width: 72, side: 'both' });
    await settings.read;
    expect(settings.now).toEqual({ width: 80, side: 'long' });
  });

  it('tells of a change with what was set before', async () => {
    const width = storedValue(80);
    const onWidth = vi.fn<(value: number, before: number) => void>();
    const settings = followSettings({ width }, { width: 72 }, { width: onWidth }, () => {});
    await settings.read;
    await width.setValue(90);
    expect(onWidth.mock.calls).toEqual([[90, 80]]);
    expect(settings.now.width).toBe(90);
  });

  it('lets no slow read undo a change that came meanwhile', async () => {
    let answer = (_value: number) => {};
    const width = { ...storedValue(0), getValue: () => new Promise<number>((resolve) => (answer = resolve)) };
    const settings = followSettings({ width }, { width: 72 }, { width: () => {} }, () => {});
    await width.setValue(90);
    answer(80);
    await settings.read;
    expect(settings.now.width).toBe(90);
  });

  it('keeps the first value of what cannot be read, and reads the others', async () => {
    const width = { ...storedValue(0), getValue: () => Promise.reject(new Error('storage is broken')) };
    const onFailure = vi.fn<(cause: unknown) => void>();
    const settings = followSettings(
      { width, side: storedValue('long') },
      { width: 72, side: 'both' },
      ignore,
      onFailure,
    );
    await settings.read;
    expect(settings.now).toEqual({ width: 72, side: 'long' });
    expect(onFailure).toHaveBeenCalledOnce();
  });
});
