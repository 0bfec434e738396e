import type { RefObject } from 'preact';

import type { MapSource } from '@/components/dashboard/market-contracts';
import { ExportMenu } from '@/components/export/ExportMenu';
import { levelsData } from '@/components/export/levels-data';
import { columnsData, liquidationsData } from '@/components/export/map-data';
import { liveVenues, sourceWords } from '@/components/export/source-words';
import { takeBand } from '@/components/export/take-band';
import { heatEnds, legendWords } from '@/components/heat-legend-scale';
import type { PanelBody } from '@/components/panel/panel-view';
import { formatMoment } from '@/lib/core/format-time';
import { t } from '@/lib/i18n/words';
import { venueIdOf } from '@/lib/market/contract';
import type { Profile } from '@/lib/market/profile';
import { venueName } from '@/lib/market/venue-facts';
import { createLegendImage } from '@/lib/render/canvas';
import type { HeatScale } from '@/lib/render/heat-scale';
import { heatTables } from '@/lib/render/palette';
import type { Theme } from '@/lib/render/theme';
import type { BandSettings } from '@/lib/store/settings';

import { barsUntilNow } from './candles';
import type { MapChartHandle } from './map-chart';
import { mapColours } from './map-colours';
import type { MapHistory } from './map-history';

interface Props {
  readonly source: MapSource;
  readonly history: MapHistory;
  /** Whether all of the range is read: part of it is no file of it. */
  readonly isLoaded: boolean;
  /** Null before the first live map. */
  readonly figures: Extract<PanelBody, { kind: 'figures' }> | null;
  readonly settings: BandSettings;
  /** What the map's colours are worth; null where there are none. */
  readonly legend: { readonly automatic: HeatScale; readonly binWidth: number } | null;
  /** The map's; the band's where the user chose none for it. */
  readonly theme: Theme;
  readonly chart: RefObject<MapChartHandle | null>;
  /** Which groups of leverage are seen; null where all are. */
  readonly leverage: string | null;
  readonly nowMs: number;
  readonly rangeMs: number;
}

/** What the map shows as a picture, and the band as one, what they are made of as data. */
export function MapExport(props: Props) {
  const { source, history, isLoaded, figures, settings, legend, theme, chart, leverage, nowMs, rangeMs } = props;
  const profile = figures?.profile ?? null;
  const { contracts, days } = history;
  const [{ symbol }] = contracts;
  const stretch = { contracts, fromMs: nowMs - rangeMs, toMs: nowMs };
  const takeMap = async () => {
    // Columns of a venue may be there, or still be made, while its live map is not, or is.
    const stored = contracts.map(({ id }) => venueName(venueIdOf(id)));
    const venues = new Set([...stored, ...(figures === null ? [] : liveVenues(figures.summary))]);
    return chart.current?.picture({
      title: [symbol, leverage ?? [], t('export.utc', { time: formatMoment(nowMs) })].flat().join(' · '),
      source: sourceWords([...venues]),
      scale: legend && {
        ...heatEnds(legend.automatic, settings),
        ramp: createLegendImage(heatTables(settings.palette, theme, null)),
        words: legendWords(settings, legend.binWidth),
      },
      colours: mapColours(theme),
    });
  };
  const takeLive = ({ summary }: NonNullable<typeof figures>, live: Profile) => {
    const bars = barsUntilNow(history.bars, summary.openBars);
    const bandTheme = settings.theme === 'auto' ? theme : settings.theme;
    return takeBand(summary, live, settings, bandTheme, { days, bars, rangeMs });
  };
  // Groups of leverage, which bars are made of, come a moment after the first map.
  const isWhole = settings.style !== 'bars' || profile?.groups !== undefined;
  return (
    <ExportMenu
      of={symbol}
      timeMs={nowMs}
      pictures={[
        { title: 'export.picture', name: 'map', take: takeMap },
        {
          title: 'export.band',
          name: 'band',
          take: figures === null || profile === null || !isWhole ? null : () => takeLive(figures, profile),
        },
      ]}
      sets={[
        {
          title: 'export.levels',
          read: figures === null || profile === null ? null : () => levelsData(figures.summary, profile),
        },
        { title: 'export.columns', read: isLoaded ? () => columnsData(stretch, days.values()) : null },
        { title: 'export.liquidations', read: () => liquidationsData(source, stretch) },
      ]}
    />
  );
}
