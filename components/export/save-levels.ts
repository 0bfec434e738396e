import { saveFile } from '@/components/save-file';
import { t } from '@/lib/i18n/words';
import type { Profile } from '@/lib/market/profile';
import type { Summary } from '@/lib/market/summary';
import { venueName } from '@/lib/market/venue-facts';

import { type DataFormat, dataFile, fileName } from './data-file';
import { levelsData } from './levels-data';

/** The live levels of a market to a file, with whose they are; nothing of the user's own. */
export async function saveLevels(
  { contractId, symbol, members }: Summary,
  profile: Profile,
  format: DataFormat,
): Promise<void> {
  const live = members.filter(({ state }) => state === 'live').map(({ venueId }) => venueName(venueId));
  const source = t('export.source', { venues: live.join(', ') });
  const set = levelsData({ contract: contractId, venues: live, source }, profile);
  saveFile(fileName(symbol, set.name, profile.asOfMs, format), await dataFile(set, format));
}
