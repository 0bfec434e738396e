import { PALETTE_NAMES } from '@/lib/core/palettes';

import { type BandSettings, bandSettings, readBandSettings } from './settings';

/** The manifest's commands and what each makes of the band's settings; opening the popup is the browser's own. */
const COMMANDS: Readonly<Record<string, (settings: BandSettings) => BandSettings>> = {
  toggle: (settings) => ({ ...settings, isOn: !settings.isOn }),
  'next-style': (settings) => ({ ...settings, style: settings.style === 'strip' ? 'bars' : 'strip' }),
  'next-palette': (settings) => ({
    ...settings,
    palette: PALETTE_NAMES[(PALETTE_NAMES.indexOf(settings.palette) + 1) % PALETTE_NAMES.length],
  }),
};

/** Does what a key of the keyboard asks for; another name than these is none of ours. */
export async function runBandCommand(command: string): Promise<void> {
  if (command in COMMANDS) await bandSettings.setValue(COMMANDS[command](await readBandSettings()));
}
