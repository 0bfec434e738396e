import type { Bench } from './bench';
import { dashboardMap } from './browser/dashboard-map';
import { onStage } from './browser/on-stage';

export const run: Bench = () => onStage(dashboardMap);
