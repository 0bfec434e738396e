import { useMemo } from 'preact/hooks';

import { BandControls } from '@/components/BandControls';
import { feedWords } from '@/components/feed-words';
import { HeatLegend } from '@/components/HeatLegend';
import { LevelsExport } from '@/components/LevelsExport';
import { LiquidatedWindows } from '@/components/LiquidatedWindows';
import { Notice, type NoticeAction } from '@/components/Notice';
import { OwnLevels } from '@/components/OwnLevels';
import type { PanelBody } from '@/components/panel/panel-view';
import { PriceSummary } from '@/components/PriceSummary';
import { ProfileChart } from '@/components/ProfileChart';
import { Provenance } from '@/components/Provenance';
import { RiskLadder } from '@/components/RiskLadder';
import { SideCards } from '@/components/SideCards';
import { Streams } from '@/components/Streams';
import { Venues } from '@/components/Venues';
import type { VenueId } from '@/lib/market/contract';
import type { VenueHealth } from '@/lib/market/health';
import type { Profile } from '@/lib/market/profile';
import { heatScaleFromSums } from '@/lib/render/heat-scale';
import { sumsFromProfile } from '@/lib/render/profile-sums';
import type { Theme } from '@/lib/render/theme';
import type { BandSettings } from '@/lib/store/settings';

interface Props {
  readonly figures: Extract<PanelBody, { kind: 'figures' }>;
  readonly proxyFor: string | null;
  readonly health: VenueHealth | null;
  /** Of all venues in use. */
  readonly venues: readonly VenueHealth[];
  readonly nowMs: number;
  readonly settings: BandSettings;
  readonly theme: Theme;
  readonly onSettings: (change: Partial<BandSettings>) => void;
  readonly onAction: (action: NoticeAction) => void;
  readonly onForget: () => void;
  readonly onSwitchVenue: (venueId: VenueId, isOn: boolean) => void;
}

/** The panel's one column while there is something to show. */
export function Figures(props: Props) {
  const { figures, proxyFor, health, venues, nowMs, settings, theme, onSettings, onAction, onForget, onSwitchVenue } =
    props;
  const { summary, profile, notices, ageMs, tone } = figures;
  return (
    <>
      {notices.map((notice) => (
        <Notice key={notice.title} look="notice" notice={notice} onAction={onAction} />
      ))}
      <PriceSummary summary={summary} proxyFor={proxyFor} ageMs={ageMs} tone={tone} />
      {summary.ownLevels.length > 0 && <OwnLevels levels={summary.ownLevels} />}
      <SideCards summary={summary} />
      {profile !== null && (
        <ProfileChart profile={profile} priceDigits={summary.priceDigits}>
          <Legend profile={profile} settings={settings} theme={theme} onSettings={onSettings} />
        </ProfileChart>
      )}
      <RiskLadder atRisk={summary.atRisk} />
      <LiquidatedWindows windows={summary.liquidated} feedKind={feedWords(summary)} />
      <BandControls settings={settings} theme={theme} onChange={onSettings} />
      {summary.members.length > 1 && <Venues members={summary.members} health={venues} onSwitch={onSwitchVenue} />}
      {health !== null && <Streams health={health} nowMs={nowMs} />}
      <Provenance summary={summary} ageMs={ageMs} onForget={onForget} />
      {profile !== null && <LevelsExport summary={summary} profile={profile} />}
    </>
  );
}

type LegendProps = Pick<Props, 'settings' | 'theme' | 'onSettings'> & { readonly profile: Profile };

function Legend({ profile, settings, theme, onSettings }: LegendProps) {
  const automatic = useMemo(
    () => heatScaleFromSums(sumsFromProfile(profile), 1, { thresholdUsd: null, fullUsd: null }),
    [profile],
  );
  return (
    <HeatLegend
      automatic={automatic}
      thresholds={settings}
      palette={settings.palette}
      theme={theme}
      binWidth={profile.binWidth}
      onChange={onSettings}
    />
  );
}
