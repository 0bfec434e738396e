import type { VenueHealth } from '@/lib/market/health';
import type { LogLine, VenueLimits } from '@/lib/market/request-limit';
import type { ScaleReader } from '@/lib/messaging/scale-readers';
import type { StorageUse } from '@/lib/store/storage-estimate';

/** Everything that helps to find out why something is not there; nothing of the user's. */
export interface Diagnostics {
  readonly contractId: string | null;
  readonly nowMs: number;
  readonly venues: readonly VenueHealth[];
  /** Of every open chart; of its address the host alone. */
  readonly readers: readonly ScaleReader[];
  readonly storage: StorageUse | null;
  readonly storageProblem: string | null;
  readonly columns: readonly { readonly contractId: string; readonly count: number }[];
  readonly limits: readonly VenueLimits[];
  /** Oldest first. */
  readonly log: readonly LogLine[];
}

/** As a file that can be sent: JSON with times that people can read. */
export function diagnosticsFile({ nowMs, venues, limits, log, ...rest }: Diagnostics): string {
  const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return JSON.stringify(
    {
      product: 'liqband',
      time: time(nowMs),
      ...rest,
      venues: venues.map(({ venueId, streams }) => ({
        venueId,
        streams: streams.map(({ sinceMs, lastDataMs, retryAtMs, ...stream }) => ({
          ...stream,
          since: time(sinceMs),
          lastData: time(lastDataMs),
          retryAt: time(retryAtMs),
        })),
      })),
      limits: limits.map(({ venueId, limits: uses, waitUntilMs }) => ({
        venueId,
        waitUntil: time(waitUntilMs),
        limits: uses.map(({ roomAtMs, told, ...use }) => ({
          ...use,
          roomAt: time(roomAtMs),
          told: told === null ? null : { used: told.used, at: time(told.atMs) },
        })),
      })),
      log: log.map(({ timeMs, text }) => `${time(timeMs)} ${text}`),
    },
    null,
    2,
  );
}
