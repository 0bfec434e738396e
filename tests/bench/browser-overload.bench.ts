import type { Bench } from './bench';
import { onStage } from './browser/on-stage';
import { overload, SIX_VENUES } from './browser/overload';

export const run: Bench = () => onStage(overload, { venues: SIX_VENUES });
