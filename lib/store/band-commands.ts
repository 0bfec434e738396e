import { BAND_CHOICES, type BandSettings, bandSettings, readBandSettings } from './settings';

const nextOf = <Name>(names: readonly Name[], name: Name): Name => names[(names.indexOf(name) + 1) % names.length];

/** The manifest's commands and what each makes of the band's settings; opening the popup is the browser's own. */
const COMMANDS: Readonly<Record<string, (settings: BandSettings) => BandSettings>> = {
  toggle: (settings) => ({ ...settings, isOn: !settings.isOn }),
  'next-style': (settings) => ({ ...settings, style: nextOf(BAND_CHOICES.style, settings.style) }),
  'next-palette': (settings) => ({
    ...settings,
    palette: nextOf(BAND_CHOICES.palette, settings.palette),
  }),
};

/** Does what a key of the keyboard asks for; another name than these is none of ours. */
export async function runBandCommand(command: string): Promise<void> {
  if (command in COMMANDS) await bandSettings.setValue(COMMANDS[command](await readBandSettings()));
}
