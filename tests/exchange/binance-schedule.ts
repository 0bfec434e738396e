import { DAY_MS, floorToStep, HOUR_MS } from '@/lib/core/time';

type Session = readonly [startHour: number, endHour: number, type: string];

const COMMODITY_DAYS = {
  week: [
    [0, 21, 'REGULAR'],
    [21, 22, 'NO_TRADING'],
    [22, 24, 'REGULAR'],
  ],
  friday: [
    [0, 21, 'REGULAR'],
    [21, 24, 'NO_TRADING'],
  ],
  saturday: [[0, 24, 'NO_TRADING']],
  sunday: [
    [0, 22, 'NO_TRADING'],
    [22, 24, 'REGULAR'],
  ],
} as const satisfies Record<string, readonly Session[]>;
const EQUITY_WEEKDAY: readonly Session[] = [
  [0, 8, 'OVERNIGHT'],
  [8, 13.5, 'PRE_MARKET'],
  [13.5, 20, 'REGULAR'],
  [20, 24, 'AFTER_MARKET'],
];

const commodityOn = (weekday: number): readonly Session[] =>
  ({ 0: COMMODITY_DAYS.sunday, 5: COMMODITY_DAYS.friday, 6: COMMODITY_DAYS.saturday })[weekday] ?? COMMODITY_DAYS.week;
const equityOn = (weekday: number): readonly Session[] =>
  weekday === 0 || weekday === 6 ? COMMODITY_DAYS.saturday : EQUITY_WEEKDAY;

/** The sessions of the markets behind what is off the chain, a week each way: New York's summer, without holidays. */
export const tradingSchedule = (nowMs: number): object => {
  const today = floorToStep(nowMs, DAY_MS);
  const sessionsOf = (on: (weekday: number) => readonly Session[]): object[] =>
    Array.from({ length: 15 }, (_, nth) => today + (nth - 7) * DAY_MS).flatMap((dayMs) =>
      on(new Date(dayMs).getUTCDay()).map(([start, end, type]) => ({
        startTime: dayMs + start * HOUR_MS,
        endTime: dayMs + end * HOUR_MS,
        type,
      })),
    );
  return {
    updateTime: nowMs,
    marketSchedules: { EQUITY: { sessions: sessionsOf(equityOn) }, COMMODITY: { sessions: sessionsOf(commodityOn) } },
  };
};
