import type {
  AlertRequest,
  DiagnosticsRequest,
  FeedHandlers,
  FeedWatch,
  OwnRequest,
  PositionsRequest,
} from '@/lib/messaging/feed-server';
import type { PolledWatches } from '@/lib/services/scheduling/polled-watches';

import type { AlertService } from './alerts/alert-service';
import type { ServiceEnvironment } from './environment';
import type { OwnPositions } from './positions/own-positions';

const isOfPositions = (watch: FeedWatch<OwnRequest>): watch is FeedWatch<PositionsRequest> =>
  watch.request.type === 'watch-positions';
const isOfAlerts = (watch: FeedWatch<OwnRequest>): watch is FeedWatch<AlertRequest> =>
  watch.request.type === 'watch-alerts';

const isOfDiagnostics = (watch: FeedWatch<OwnRequest>): watch is FeedWatch<DiagnosticsRequest> =>
  watch.request.type === 'watch-diagnostics';

/** Hands what pages of ours alone wish and change to whoever keeps it. */
export function createOwnHandlers(
  ownPositions: OwnPositions,
  positionWatches: PolledWatches<PositionsRequest>,
  alerts: AlertService,
  diagnostics: PolledWatches<DiagnosticsRequest>,
  environment: ServiceEnvironment,
): Pick<FeedHandlers, 'onWatchOwn' | 'onUnwatchOwn' | 'onChangeOwn'> {
  return {
    onWatchOwn(watch) {
      if (isOfPositions(watch)) positionWatches.add(watch);
      else if (isOfAlerts(watch)) alerts.add(watch);
      else if (isOfDiagnostics(watch)) diagnostics.add(watch);
    },
    onUnwatchOwn(watch) {
      if (isOfPositions(watch)) positionWatches.remove(watch);
      else if (isOfAlerts(watch)) alerts.remove(watch);
      else if (isOfDiagnostics(watch)) diagnostics.remove(watch);
    },
    onChangeOwn(change) {
      const done =
        change.type === 'save-position'
          ? ownPositions.save(change.position)
          : change.type === 'remove-position'
            ? ownPositions.remove(change.positionId)
            : alerts.change(change);
      done.catch((cause: unknown) => environment.log(`${change.type}: ${String(cause)}`));
    },
  };
}
