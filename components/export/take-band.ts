import { legendWords } from '@/components/heat-legend-scale';
import { startBand } from '@/components/panel/start-band';
import { formatMoment } from '@/lib/core/format-time';
import type { Language } from '@/lib/core/languages';
import { readWords } from '@/lib/i18n/read-words';
import { t } from '@/lib/i18n/words';
import type { Profile } from '@/lib/market/profile';
import type { Summary } from '@/lib/market/summary';
import { venueName } from '@/lib/market/venue-facts';
import { findBandDrawing } from '@/lib/render/band-drawing';
import type { Theme } from '@/lib/render/theme';
import type { BandSettings } from '@/lib/store/settings';

import { bandPicture } from './band-picture';
import type { Past } from './past-backdrop';
import { liveVenues, sourceWords } from './source-words';

/** A market's band as a PNG, with contract, time and source. */
export async function takeBand(
  summary: Summary,
  profile: Profile,
  settings: BandSettings,
  theme: Theme,
  past: Past,
): Promise<Blob> {
  const language = document.documentElement.lang as Language;
  const [words] = await Promise.all([readWords(language), startBand()]);
  const drawing = findBandDrawing();
  if (drawing === null) throw new Error('the band’s script has not shared its drawing');
  drawing.speak(language, words);
  const caption = {
    contract: summary.symbol,
    venue: t('contract.atVenue', { venue: venueName(summary.venueId) }),
    time: t('export.utc', { time: formatMoment(profile.asOfMs) }),
    source: sourceWords(liveVenues(summary)),
    colours: `${t('legend.label')}: ${settings.style === 'bars' ? t('map.leverage') : legendWords(settings, profile.binWidth)}`,
    priceDigits: summary.priceDigits,
  };
  const isPane = settings.style === 'pane';
  const picture = bandPicture(drawing, profile, settings, theme, caption, isPane ? past : null);
  return picture.convertToBlob({ type: 'image/png' });
}
