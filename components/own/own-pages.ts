/** Loaded as one, for what they share. */
export { AlertsPage } from './AlertsPage';
export { PositionsPage } from './PositionsPage';
