import './MapPage.css';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import type { MapSource } from '@/components/dashboard/market-contracts';
import { Failed } from '@/components/Failed';
import { HeatLegend } from '@/components/HeatLegend';
import { observedWords } from '@/components/observed-words';
import type { PanelBody } from '@/components/panel/panel-view';
import { RadioGroup } from '@/components/RadioGroup';
import { formatSpan } from '@/lib/core/format';
import { digitsOfTick } from '@/lib/core/num';
import { type Clock, DAY_MS, HOUR_MS } from '@/lib/core/time';
import { t, type WordKey } from '@/lib/i18n/words';
import { venueIdOf, type Contract, type VenueId } from '@/lib/market/contract';
import { venueName } from '@/lib/market/venue-facts';
import { BINS_PER_CELL, COLUMN_MS } from '@/lib/model/history';
import { sumsFromProfile } from '@/lib/render/profile-sums';
import type { Theme } from '@/lib/render/theme';
import type { BandSettings } from '@/lib/store/settings';

import { type ColumnProgress, columnProgress } from './column-progress';
import { LeverageChips, leverageWords } from './LeverageChips';
import type { MapChartHandle, MapInput } from './map-chart';
import { mapColours } from './map-colours';
import type { MapHistory } from './map-history';
import { MapChart } from './MapChart';
import { MapExport } from './MapExport';
import { MapTableView } from './MapTableView';
import { automaticScale, useHeatStyle } from './use-heat-style';
import { ALL_GROUPS, useLeverage } from './use-leverage';
import { useMapHistory } from './use-map-history';
import { VenueChips } from './VenueChips';

const NO_BARS: MapInput['openBars'] = [];
/** Hours. */
const RANGES = ['12', '24', '72', '168', '336', '720'] as const;
type Range = (typeof RANGES)[number];

/** A young contract has no longer past than the first range that holds all of it. */
const rangesOf = (contract: Contract | null, nowMs: number): readonly Range[] =>
  RANGES.filter((_, i) => i === 0 || !(nowMs - (contract?.listedTimeMs ?? 0) <= Number(RANGES[i - 1]) * HOUR_MS));

interface Props {
  readonly source: MapSource | null;
  /** History that is being read already. */
  readonly begun: MapHistory | null;
  readonly contract: Contract | null;
  readonly body: PanelBody;
  readonly settings: BandSettings;
  readonly theme: Theme;
  /** Whether maps are to tell their groups of leverage. */
  readonly onGroups: (areWanted: boolean) => void;
  readonly now: Clock;
  readonly onSettings: (change: Partial<BandSettings>) => void;
  readonly onSwitchVenue: (venueId: VenueId, isOn: boolean) => void;
}

/** How far reading is, and making columns of a long past, which goes on while the map is there already. */
function progressWords(what: WordKey, { daysDone, daysTotal }: ColumnProgress): string {
  const total = Math.max(1, Math.round(daysTotal));
  return `${t(what)} ${t('filling.done', { done: Math.min(total, Math.floor(daysDone)), total })}`;
}

/** The map over time with its tools. */
export function MapPage(props: Props) {
  const { source, begun, contract, body, settings, theme, now, onGroups, onSettings, onSwitchVenue } = props;
  const [wantedRange, setRange] = useState<Range>('72');
  const [showsKnown, setShowsKnown] = useState(true);
  const [groups, setGroups] = useState(ALL_GROUPS);
  const chart = useRef<MapChartHandle>(null);
  const figures = body.kind === 'figures' ? body : null;
  const profile = figures?.profile ?? null;
  const nowMs = Math.max(now(), profile?.asOfMs ?? 0);
  const ranges = rangesOf(contract, nowMs);
  const range = ranges.includes(wantedRange) ? wantedRange : ranges[ranges.length - 1];
  const rangeMs = Number(range) * HOUR_MS;
  const { history, version, isLoaded, hasFailed, retry, reach } = useMapHistory(
    source,
    begun,
    contract,
    nowMs - rangeMs,
    now,
  );
  const made = history === null || !isLoaded ? null : columnProgress(history, nowMs - rangeMs);
  const filling = body.kind === 'filling' ? body : made;
  const style = useHeatStyle(history, isLoaded, filling === null, nowMs - rangeMs, rangeMs, settings, theme);
  const gauge = style?.gauge ?? null;
  const legend = useMemo(
    () => gauge && { automatic: automaticScale(gauge), binWidth: gauge.cellWidth / BINS_PER_CELL },
    [gauge],
  );
  const wanted = useLeverage(groups, history?.days ?? null, profile);
  // Four maps more to tell ten times a second: not before the first picture.
  const isSeen = isLoaded || hasFailed || style !== null;
  useEffect(() => {
    if (!isSeen) return undefined;
    onGroups(true);
    return () => onGroups(false);
  }, [isSeen]);
  const live = useMemo(() => (wanted.profile === null ? null : sumsFromProfile(wanted.profile)), [wanted.profile]);
  const known = figures?.summary.observed[0] ?? null;
  const input: MapInput | null =
    history === null || contract === null || wanted.days === null
      ? null
      : {
          history,
          days: wanted.days,
          version,
          live,
          style,
          openBars: figures?.summary.openBars ?? NO_BARS,
          ownLevels: figures?.summary.ownLevels ?? [],
          known: showsKnown ? known : null,
          priceDigits: digitsOfTick(contract.tickSize),
          colours: mapColours(theme),
          nowMs,
          rangeMs,
        };
  return (
    <section class="map-page" aria-label={t('map.title')}>
      <div class="map-tools">
        <RadioGroup
          label={t('map.range')}
          look="segments"
          options={ranges.map((value) => ({ value, content: formatSpan(Number(value) * HOUR_MS) }))}
          value={range}
          onChange={setRange}
        />
        <div class="map-chips">
          <LeverageChips groups={groups} colours={mapColours(theme).leverage} onChange={setGroups} />
          <VenueChips members={figures?.summary.members ?? []} onSwitch={onSwitchVenue} />
          {known !== null && (
            <div class="venue-chips">
              <button
                type="button"
                aria-pressed={showsKnown}
                title={`${venueName(venueIdOf(known.contractId))}: ${observedWords(known)}`}
                onClick={() => setShowsKnown(!showsKnown)}
              >
                {t('map.known')}
              </button>
            </div>
          )}
          {source !== null && input !== null && history !== null && (
            <MapExport
              source={source}
              history={history}
              isLoaded={isLoaded}
              figures={figures}
              settings={settings}
              legend={legend}
              theme={theme}
              chart={chart}
              leverage={leverageWords(groups)}
              nowMs={nowMs}
              rangeMs={rangeMs}
            />
          )}
        </div>
        <div class="map-legend">
          {legend !== null && (
            <HeatLegend
              {...legend}
              thresholds={settings}
              palette={settings.palette}
              theme={theme}
              onChange={onSettings}
            />
          )}
        </div>
      </div>
      {input === null && hasFailed ? (
        <Failed onRetry={retry} />
      ) : input === null ? (
        <p class="map-empty" role="status">
          {contract === null ? t('map.choose') : t('map.reading')}
        </p>
      ) : (
        <div class="map-stage">
          <p class="map-note">
            <strong>{t('map.title')}</strong>{' '}
            {isLoaded && filling === null ? (
              <span class="caption">{t('map.note', { span: formatSpan(COLUMN_MS) })}</span>
            ) : (
              <span class="caption" role="status">
                {filling === null
                  ? progressWords('map.reading', { daysDone: input.days.size, daysTotal: rangeMs / DAY_MS })
                  : progressWords('filling.label', filling)}
              </span>
            )}
          </p>
          <MapChart
            label={t('map.of', { symbol: contract?.symbol ?? '' })}
            chart={chart}
            input={input}
            onWindow={({ fromMs }) => reach(fromMs)}
          />
          <MapTableView {...input} />
          {hasFailed && <Failed onRetry={retry} />}
          {isLoaded && wanted.hasUnsplit && (
            <p class="map-empty" role="status">
              {t('map.noSplit')}
            </p>
          )}
          {isLoaded && style === null && filling === null && (
            <p class="map-empty" role="status">
              {t(source?.isPersistent === false ? 'map.inMemory' : 'map.none')}
            </p>
          )}
        </div>
      )}
    </section>
  );
}
