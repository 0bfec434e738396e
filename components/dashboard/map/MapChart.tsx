import './MapChart.css';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { t } from '@/lib/i18n/words';

import { createMapChart, type MapChartEvents, type MapChartHandle, type MapInput, type MapPointer } from './map-chart';
import { MapReadOut } from './MapReadOut';

interface Props {
  readonly label: string;
  /** For whoever wants a picture of it. */
  readonly chart: RefObject<MapChartHandle | null>;
  readonly input: MapInput;
  readonly onWindow: MapChartEvents['onWindow'];
}

/** The map with its gestures and the read-out at the pointer. */
export function MapChart({ label, chart, input, onWindow }: Props) {
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const tell = useRef(onWindow);
  const [pointer, setPointer] = useState<MapPointer | null>(null);
  tell.current = onWindow;

  // In the very frame that this is drawn in.
  useLayoutEffect(() => {
    if (base.current === null || overlay.current === null) return undefined;
    const abort = new AbortController();
    const events: MapChartEvents = { onWindow: (window) => tell.current(window), onPointer: setPointer };
    chart.current = createMapChart(base.current, overlay.current, events, abort.signal);
    return () => abort.abort();
  }, []);
  // Not for what the chart itself tells of the pointer: that would go round without end.
  useLayoutEffect(() => chart.current?.set(input), [input]);

  return (
    <div class="map-chart">
      <canvas ref={base} aria-hidden="true" />
      <canvas ref={overlay} role="application" tabIndex={0} aria-label={t('map.keys', { map: label })} />
      {pointer !== null && <MapReadOut pointer={pointer} priceDigits={input.priceDigits} />}
    </div>
  );
}
