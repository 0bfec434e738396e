import type { GrownCluster } from '@/lib/market/alert-step';
import { CLUSTER_HALF_WIDTH, findClusters } from '@/lib/market/clusters';
import type { Contract, ContractId } from '@/lib/market/contract';
import { usdBetween } from '@/lib/market/profile';
import { profileOfSlot } from '@/lib/model/column-slot';
import { COLUMN_MS, columnFromStored, type HistoryColumn } from '@/lib/model/history';
import type { MarketLog } from '@/lib/store/log/market-log';

/** Further away no cluster is of interest yet. */
const REACH = 0.1;
const MOST_CLUSTERS = 20;
const SEPARATION = 0.004;
/** Older than this the newest column says nothing of now. */
const FRESH_MS = 3 * COLUMN_MS;

/**
 * The clusters of the newest as-of column within 10 %, each with what lay at its price a window earlier. Only contracts that
 * have both columns count: a venue that came or went makes no cluster grow. Null while there is no such pair.
 */
export async function readGrowth(
  log: Pick<MarketLog, 'readColumns'>,
  shown: Contract,
  contracts: readonly Contract[],
  windowMs: number,
  nowMs: number,
): Promise<readonly GrownCluster[] | null> {
  const newestMs = (await log.readColumns(shown.id, nowMs - FRESH_MS, Infinity)).at(-1)?.timeMs;
  if (newestMs === undefined) return null;
  const columnAt = async (id: ContractId, timeMs: number): Promise<HistoryColumn | null> => {
    const [stored] = await log.readColumns(id, timeMs, timeMs + 1);
    return stored === undefined ? null : columnFromStored(stored.column);
  };
  const ids = [shown.id, ...contracts.map(({ id }) => id).filter((id) => id !== shown.id)];
  const pairs = await Promise.all(
    ids.map(async (id) => {
      const [now, before] = await Promise.all([columnAt(id, newestMs), columnAt(id, newestMs - windowMs)]);
      return now === null || before === null ? { now: null, before: null } : { now, before };
    }),
  );
  const now = profileOfSlot(pairs.map((pair) => pair.now));
  const before = profileOfSlot(pairs.map((pair) => pair.before));
  if (now === null || before === null) return null;
  const width = Math.exp(CLUSTER_HALF_WIDTH);
  const usdAt = (price: number) => ({
    usd: usdBetween(now, price / width, price * width),
    before: usdBetween(before, price / width, price * width),
  });
  return findClusters(now, {
    fromPrice: now.markPrice * (1 - REACH),
    toPrice: now.markPrice * (1 + REACH),
    count: MOST_CLUSTERS,
    minSeparation: SEPARATION,
  }).map(({ positionSide, price }) => {
    const at = usdAt(price);
    return { positionSide, price, usd: at.usd[positionSide], beforeUsd: at.before[positionSide] };
  });
}
