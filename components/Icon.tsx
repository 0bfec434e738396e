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
  map: 'M2.5 3h7M2.5 6h4M2.5 10h8M2.5 13h5M13.5 2v12',
  market: 'M2.5 3h11v10h-11zM2.5 6.5h11M2.5 9.8h11M6.5 6.5V13',
  score: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM10.7 8a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0Z',
  diagnostics: 'M1.5 8.5h3l2-5 3 9 2-4h3',
  position: 'M2 8h2.5M7 8h2M11.5 8H14M8 2v3.5M6.2 3.8 8 2l1.8 1.8M8 14v-3.5M6.2 12.2 8 14l1.8-1.8',
  panel: 'M2 3h12v10H2zM10 3v10',
  info: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 7.5V11M8 5v.2',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
