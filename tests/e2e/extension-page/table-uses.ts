import { openMarketLog } from '@/lib/store/log/open-market-log';
import type { TableUse } from '@/lib/store/log/table-use';

/** Runs in a page of the extension: how much its own database holds of everything. */
export async function tableUses(): Promise<TableUse[]> {
  const { log } = await openMarketLog(() => {});
  return log.tableUse();
}
