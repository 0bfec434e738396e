import { BAND_CHOICES, type BandSettings, bandSettings, readBandSettings } from './settings';

const nextOf = <Name>(names: readonly Name[], name: Name): Name => names[(names.indexOf(name) + 1) % names.length];

/** The manifest's commands and what each makes of the band's settings; opening the popup is the browser's own. */
export const BAND_COMMANDS = {
  toggle: (settings: BandSettings) => ({ ...settings, isOn: !settings.isOn }),
  'next-style': (settings: BandSettings) => ({ ...settings, style: nextOf(BAND_CHOICES.style, settings.style) }),
  'next-palette': (settings: BandSettings) => ({
    ...settings,
    palette: nextOf(BAND_CHOICES.palette, settings.palette),
  }),
} satisfies Readonly<Record<string, (settings: BandSettings) => BandSettings>>;

const isCommand = (name: string): name is keyof typeof BAND_COMMANDS => name in BAND_COMMANDS;

/** Does what a key of the keyboard asks for; another name than these is none of ours. */
export async function runBandCommand(command: string): Promise<void> {
  if (isCommand(command)) await bandSettings.setValue(BAND_COMMANDS[command](await readBandSettings()));
}
