import './MapChart.css';
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { t } from '@/lib/i18n/words';

import { createMapChart, type MapChartEvents, type MapInput, type MapPointer } from './map-chart';
import { MapReadOut } from './MapReadOut';

interface Props {
  readonly label: string;
  /** Where the data are drawn, for whoever wants a picture of them. */
  readonly base: RefObject<HTMLCanvasElement | null>;
  readonly input: MapInput;
  readonly onWindow: MapChartEvents['onWindow'];
}

/** The map with its gestures and the read-out at the pointer. */
export function MapChart({ label, base, input, onWindow }: Props) {
  const overlay = useRef<HTMLCanvasElement>(null);
  const chart = useRef<ReturnType<typeof createMapChart> | null>(null);
  const tell = useRef(onWindow);
  const [pointer, setPointer] = useState<MapPointer | null>(null);
  tell.current = onWindow;

  useEffect(() => {
    if (base.current === null || overlay.current === null) return undefined;
    const abort = new AbortController();
    const events: MapChartEvents = { onWindow: (window) => tell.current(window), onPointer: setPointer };
    chart.current = createMapChart(base.current, overlay.current, events, abort.signal);
    return () => abort.abort();
  }, []);
  useEffect(() => chart.current?.set(input));

  return (
    <div class="map-chart">
      <canvas ref={base} aria-hidden="true" />
      <canvas ref={overlay} role="application" tabIndex={0} aria-label={t('map.keys', { map: label })} />
      {pointer !== null && <MapReadOut pointer={pointer} priceDigits={input.priceDigits} />}
    </div>
  );
}
