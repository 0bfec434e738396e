import { IconShape, OPTIONS_PATH } from '@/components/Icon';

/** The same drawing as `Icon`, of what the popup does not have. */
const PATHS = {
  map: 'M2.5 3h7M2.5 6h4M2.5 10h8M2.5 13h5M13.5 2v12',
  market: 'M2.5 3h11v10h-11zM2.5 6.5h11M2.5 9.8h11M6.5 6.5V13',
  score: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM10.7 8a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0Z',
  diagnostics: 'M1.5 8.5h3l2-5 3 9 2-4h3',
  position: 'M2 8h2.5M7 8h2M11.5 8H14M8 2v3.5M6.2 3.8 8 2l1.8 1.8M8 14v-3.5M6.2 12.2 8 14l1.8-1.8',
  panel: 'M2 3h12v10H2zM10 3v10',
  options: OPTIONS_PATH,
  alert: 'M3.5 11.5h9l-1.2-1.8V7a3.3 3.3 0 0 0-6.6 0v2.7zM8 3.7V2.5M6.8 13.5h2.4',
  help: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM6.2 6.4a1.8 1.8 0 1 1 2.6 1.7c-.5.3-.8.6-.8 1.2M8 11.4v.2',
} as const;

export type PageIconName = keyof typeof PATHS;

export const PageIcon = ({ name }: { name: PageIconName }) => <IconShape path={PATHS[name]} />;
