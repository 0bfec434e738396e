import type { AlertRule, QuietHours } from '@/lib/market/alert';
import { quietProblem, ruleProblem } from '@/lib/market/rule-problem';

import { repairedItem } from './repaired-item';

/** Alert rules, for a page that reads all settings; who looks after them is the background. */
export const alertRules = repairedItem('alert-rules', (stored): readonly AlertRule[] =>
  Array.isArray(stored) ? (stored as readonly AlertRule[]).filter((rule) => ruleProblem(rule) === null) : [],
);

/** The same of the hours in which nothing is told. */
export const quietHours = repairedItem('quiet-hours', (stored) =>
  quietProblem(stored) === null ? (stored as QuietHours | null) : null,
);
