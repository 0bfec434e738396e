import { barTimesFromNumbers, isAround } from '@/lib/chart/bar-times';
import type { Pane, PaneHost } from '@/lib/render/band-styles';

import { createPaneHeat } from './pane-heat';

/** The full pane of one chart, whatever contract it shows. */
export function createPane(host: PaneHost): Pane {
  let heat = createPaneHeat();
  let heatOf = '';
  const pane: Pane = {
    isFilling: false,
    take(part) {
      heat.take(part);
      host.soon();
    },
    under(view, numbers, contractId) {
      const times = barTimesFromNumbers(numbers);
      if (times === null || !isAround(times, view.sums.profile.asOfMs)) return null;
      if (heatOf !== contractId) heat = createPaneHeat();
      heatOf = contractId;
      pane.isFilling = heat.isFilling(times);
      const request = heat.lacking(times, performance.now());
      if (request !== null) host.readHistory(request);
      return (context) => {
        if (heat.draw(context, { ...view, times })) host.soon();
      };
    },
  };
  return pane;
}
