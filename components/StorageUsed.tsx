import { formatDecimal, formatShare, NOTHING } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { StorageUse } from '@/lib/store/storage-estimate';
import { MEGABYTE } from '@/lib/store/storage-limits';

/** What is used of the disk: undefined before the browser has answered, null where it does not tell. */
export const StorageUsed = ({ use }: { use: StorageUse | null | undefined }) => (
  <p>
    {use === undefined
      ? NOTHING
      : use === null
        ? t('diagnostics.untold')
        : t('diagnostics.used', {
            megabytes: formatDecimal(use.usageBytes / MEGABYTE, 1),
            share: formatShare(use.usageBytes / use.quotaBytes),
          })}
  </p>
);
