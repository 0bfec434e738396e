/** Loaded when the first of them is shown; as one script, for what they share. */
export { FirstRunPage } from '@/components/first-run/FirstRunPage';
export { OptionsPage } from '@/components/options/OptionsPage';
export { AlertsPage } from '@/components/own/AlertsPage';
export { PositionsPage } from '@/components/own/PositionsPage';
export { DiagnosticsPage } from './diagnostics/DiagnosticsPage';
export { ScorePage } from './score/ScorePage';
