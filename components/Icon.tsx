/** In the dashboard among its pages' icons. */
export const OPTIONS_PATH = 'M2 5h6M12 5h2M10 3v4M2 11h2M8 11h6M6 9v4';

/** Drawn for this project in a 16 px box with a 1.5 px line. */
const PATHS = {
  chevron: 'M5 6.5 8 9.5l3-3',
  chart: 'M2 4h9M2 8h6M2 12h8M14 2v12',
  barred: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM3.8 12.2l8.4-8.4',
  warning: 'M8 2.5 14 13H2zM8 6.5v3M8 11.3v.2',
  offline: 'M2 6.2A9 9 0 0 1 14 6.2M4.4 8.8a5.5 5.5 0 0 1 7.2 0M8 12v.2M2.5 13.5l11-11',
  wait: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 4.8V8l2.2 1.6',
  lock: 'M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  disk: 'M13.5 4c0 1.1-2.5 2-5.5 2s-5.5-.9-5.5-2S5 2 8 2s5.5.9 5.5 2ZM2.5 4v8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2V4M2.5 8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2',
  info: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 7.5V11M8 5v.2',
  options: OPTIONS_PATH,
  star: 'M8 2.2 9.8 6l4 .5-3 2.8.8 4.1L8 11.4l-3.6 2 .8-4.1-3-2.8 4-.5z',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { name: IconName }) => <IconShape path={PATHS[name]} />;

export const IconShape = ({ path }: { path: string }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={path} />
  </svg>
);
