import {
  bandSettings,
  type BandSettings,
  DEFAULT_BAND_SETTINGS,
  readBandSettings,
  watchBandSettings,
} from '@/lib/store/settings';

/** Shows the band's settings now and after every change, also of another page; gives back how to change them. */
export function keepSettings(show: (settings: BandSettings) => void): (changed: Partial<BandSettings>) => void {
  let settings = DEFAULT_BAND_SETTINGS;
  let pendingWrites = 0;
  /** What was changed before it was known what is stored. */
  let early: Partial<BandSettings> = {};

  const take = (next: BandSettings) => {
    settings = next;
    show(settings);
  };
  const read = readBandSettings().then((stored) => take({ ...stored, ...early }));
  const write = async () => {
    pendingWrites++;
    try {
      await read;
      await bandSettings.setValue(settings);
    } finally {
      pendingWrites--;
    }
  };

  watchBandSettings((stored) => {
    // While a slider is dragged, the echo of an earlier write would pull it back.
    if (pendingWrites === 0) take(stored);
  });
  return (changed) => {
    early = { ...early, ...changed };
    take({ ...settings, ...changed });
    void write();
  };
}
