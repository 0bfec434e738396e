/** By name and not as the manifest lists them: a store's lint asks about code that is loaded by a name made at run time. */
const BAND = '/content-scripts/band.js';
const STYLES = '/styles.js';

/** The content scripts of a chart that draw: loaded here, they watch this page for charts. */
export const startBand = (): Promise<unknown> =>
  Promise.all([import(/* @vite-ignore */ BAND), import(/* @vite-ignore */ STYLES)]);
