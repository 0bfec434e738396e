import type { RefObject } from 'preact';

import { ExportMenu } from '@/components/export/ExportMenu';
import { levelsData } from '@/components/export/levels-data';
import { columnsData, liquidationsData, marketOf } from '@/components/export/map-data';
import { formatMoment } from '@/lib/core/format-time';
import { t } from '@/lib/i18n/words';
import { venueIdOf } from '@/lib/market/contract';
import type { Profile } from '@/lib/market/profile';
import { venueName } from '@/lib/market/venue-facts';

import type { MapChartHandle } from './map-chart';
import type { MapColours } from './map-colours';
import type { MapHistory } from './map-history';
import type { MapSource } from './market-contracts';

interface Props {
  readonly source: MapSource;
  readonly history: MapHistory;
  /** Null before the first live map. */
  readonly profile: Profile | null;
  readonly chart: RefObject<MapChartHandle | null>;
  /** Which groups of leverage are seen; null where all are. */
  readonly leverage: string | null;
  readonly colours: MapColours;
  readonly nowMs: number;
  readonly rangeMs: number;
}

/** What the map shows as a picture, and what it is made of as data. */
export function MapExport({ source, history, profile, chart, leverage, colours, nowMs, rangeMs }: Props) {
  const { contracts, days } = history;
  const [{ symbol }] = contracts;
  const stretch = { contracts, fromMs: nowMs - rangeMs, toMs: nowMs };
  const picture = async () => {
    const venues = [...new Set(contracts.map(({ id }) => venueName(venueIdOf(id))))].join(', ');
    return (
      chart.current?.picture({
        title: [symbol, leverage, t('export.utc', { time: formatMoment(nowMs) })]
          .filter((part) => part !== null)
          .join(' · '),
        source: t('export.source', { venues }),
        ground: colours.panel,
        ink: colours.fg2,
      }) ?? null
    );
  };
  return (
    <ExportMenu
      of={symbol}
      timeMs={nowMs}
      picture={picture}
      sets={[
        { title: 'export.levels', read: profile === null ? null : () => levelsData(marketOf(contracts), profile) },
        { title: 'export.columns', read: () => columnsData(stretch, days.values()) },
        { title: 'export.liquidations', read: () => liquidationsData(source, stretch) },
      ]}
    />
  );
}
