import type { Summary } from '@/lib/market/summary';

export interface LeverageGroup {
  readonly label: string;
  readonly share: number;
}

/** Highest leverage of each group; the absorbing class, which never liquidates, has leverage 0. */
const GROUPS = [
  { label: 'none', upTo: 0 },
  { label: '≤5x', upTo: 5 },
  { label: '≤10x', upTo: 10 },
  { label: '≤25x', upTo: 25 },
  { label: '≤50x', upTo: 50 },
  { label: '>50x', upTo: Infinity },
] as const;

/** Few enough classes to read: each group's share of opened quantity. */
export function leverageGroups(mix: Summary['leverageMix']): LeverageGroup[] {
  return GROUPS.map(({ label, upTo }, index) => ({
    label,
    share: mix
      .filter(({ leverage }) => leverage <= upTo && (index === 0 || leverage > GROUPS[index - 1].upTo))
      .reduce((sum, { share }) => sum + share, 0),
  }));
}
