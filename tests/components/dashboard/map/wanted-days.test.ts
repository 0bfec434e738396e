import { expect, it } from 'vitest';

import type { MapDay } from '@/components/dashboard/map/map-day';
import { createWantedDays } from '@/components/dashboard/map/wanted-days';
import { columnFromProfile } from '@/lib/model/history';
import { randomProfile } from '@/tests/render/profiles';

const plain = randomProfile(4, 0.00025);
const split = columnFromProfile({ ...plain, groups: [plain.long, plain.short, plain.long, plain.short] });
const unsplit = columnFromProfile(plain);
const day: MapDay = {
  startMs: 0,
  bars: [],
  slots: [
    [split, null],
    [split, unsplit],
    [null, split],
  ],
  events: [],
  isWhole: false,
};

it('moments that are not split as a whole tell nothing, all others their wanted groups', () => {
  const wanted = createWantedDays([true, false, false, false])(new Map([[0, day]])).get(0)!;
  expect(wanted.slots.map((slot) => slot.map((column) => column !== null))).toEqual([
    [true, false],
    [false, false],
    [false, true],
  ]);
});

it('columns that are the same stay the same, also of a day read again, and all groups are the days themselves', () => {
  const days = new Map([[0, day]]);
  const some = createWantedDays([true, false, false, false]);
  expect(some(days).get(0)?.slots).toBe(some(new Map([[0, { ...day }]])).get(0)?.slots);
  expect(createWantedDays([true, true, true, true])(days)).toBe(days);
});

it('makes no columns of days that nobody looks at', () => {
  let looks = 0;
  const counted: MapDay = {
    ...day,
    get slots() {
      looks += 1;
      return day.slots;
    },
  };
  const wanted = createWantedDays([true, false, false, false])(new Map([[0, counted]]));
  looks = 0;
  expect([...wanted.keys()]).toEqual([0]);
  expect(looks).toBe(0);
  expect(wanted.get(0)?.slots).toHaveLength(day.slots.length);
  expect(looks).toBe(1);
});
