/** Loaded as one, for what they share. */
export { OptionsPage } from '@/components/options/OptionsPage';
export { DiagnosticsPage } from './diagnostics/DiagnosticsPage';
