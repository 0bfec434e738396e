import { saveFile } from '@/components/save-file';
import type { Profile } from '@/lib/market/profile';
import type { Summary } from '@/lib/market/summary';

import { type DataFormat, dataFile, fileName } from './data-file';
import { levelsData } from './levels-data';

/** The live levels of a market to a file, with whose they are; nothing of the user's own. */
export async function saveLevels(summary: Summary, profile: Profile, format: DataFormat): Promise<void> {
  const set = levelsData(summary, profile);
  saveFile(fileName(summary.symbol, set.name, profile.asOfMs, format), await dataFile(set, format));
}
