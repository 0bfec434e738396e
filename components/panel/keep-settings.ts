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

  const take = (next: BandSettings) => {
    settings = next;
    show(settings);
  };
  const write = async () => {
    pendingWrites++;
    await bandSettings.setValue(settings);
    pendingWrites--;
  };

  void readBandSettings().then(take);
  watchBandSettings((stored) => {
    // While a slider is dragged, the echo of an earlier write would pull it back.
    if (pendingWrites === 0) take(stored);
  });
  return (changed) => {
    take({ ...settings, ...changed });
    void write();
  };
}
