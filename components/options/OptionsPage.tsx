import { useEffect, useState } from 'preact/hooks';

import type { MapSource } from '@/components/dashboard/market-contracts';
import type { LanguageChoice } from '@/lib/core/languages';
import { t } from '@/lib/i18n/words';
import type { Contract, ContractId, VenueId } from '@/lib/market/contract';
import type { PriorName } from '@/lib/market/prior';
import type { Summary } from '@/lib/market/summary';
import type { Theme } from '@/lib/render/theme';
import { chosenPrior } from '@/lib/store/chosen-prior';
import { readLanguage, watchLanguage } from '@/lib/store/language';
import { type BandSettings, venuesOff } from '@/lib/store/settings';
import { keptContracts, storedMegabytes } from '@/lib/store/storage-limits';

import { AboutGroup, LinkGroup } from './AboutGroup';
import { BandGroup } from './BandGroup';
import { GROUP_IDS, groupFromHash, type GroupId, GROUPS } from './groups';
import { LanguageGroup } from './LanguageGroup';
import { ModelGroup } from './ModelGroup';
import { SettingsTransfer } from './SettingsTransfer';
import { SitesGroup } from './SitesGroup';
import { StorageGroup } from './StorageGroup';
import { useStored } from './use-stored';
import { VenuesGroup } from './VenuesGroup';

const NONE_OFF: readonly VenueId[] = [];

/** What of the browser and the background the page needs. */
export interface OptionsAccess {
  readonly version: string;
  /** Lets the charts' own script look for charts on this page. */
  readonly startBand: () => void;
  /** Gives the browser's permission for a site back. */
  readonly withdrawSite: (pattern: string) => void;
  readonly forgetLearning: (contractId: ContractId) => void;
}

interface Props {
  readonly access: OptionsAccess;
  readonly settings: BandSettings;
  readonly theme: Theme;
  /** What is shown; null while nothing is. */
  readonly contract: Contract | null;
  readonly summary: Summary | null;
  /** Null while the log is being opened. */
  readonly source: MapSource | null;
  readonly onSettings: (change: Partial<BandSettings>) => void;
}

/** Everything that can be set, each where it is explained. */
export function OptionsPage({ access, settings, theme, contract, summary, source, onSettings }: Props) {
  const language = useStored<LanguageChoice>(readLanguage, watchLanguage, 'auto');
  const off = useStored(venuesOff.getValue, venuesOff.watch, NONE_OFF);
  const prior = useStored<PriorName>(chosenPrior.getValue, chosenPrior.watch, 'stated');
  const limits = {
    keptContracts: useStored(keptContracts.getValue, keptContracts.watch, 80),
    storedMegabytes: useStored(storedMegabytes.getValue, storedMegabytes.watch, 500),
  };
  const [learned, setLearned] = useState<readonly ContractId[]>([]);
  const group = useGroup();
  useEffect(() => {
    source?.readLearningOwners().then(
      (owners) => setLearned(owners as ContractId[]),
      () => {},
    );
  }, [source]);
  const forget = (contractIds: readonly ContractId[]) => {
    for (const id of contractIds) access.forgetLearning(id);
    setLearned(learned.filter((id) => !contractIds.includes(id)));
  };
  return (
    <div class="options">
      <nav class="options-index" aria-label={t('page.options')}>
        {GROUP_IDS.map((id) => (
          <a key={id} href={`#options/${id}`} aria-current={id === group ? 'true' : undefined}>
            {t(GROUPS[id])}
          </a>
        ))}
      </nav>
      <div class="options-groups">
        <VenuesGroup off={off} />
        <SitesGroup
          off={settings.sitesOff}
          onChange={(sitesOff) => onSettings({ sitesOff })}
          onWithdraw={access.withdrawSite}
        />
        <BandGroup
          settings={settings}
          theme={theme}
          market={contract === null || summary === null ? null : { contract, markPrice: summary.markPrice }}
          startBand={access.startBand}
          onChange={onSettings}
        />
        <ModelGroup prior={prior} summary={summary} learned={learned} onForget={forget} />
        <LinkGroup id="alerts" />
        <LinkGroup id="positions" />
        <StorageGroup limits={limits} source={source} />
        <LanguageGroup language={language} />
        <SettingsTransfer
          options={{ band: settings, venuesOff: off, language, prior, ...limits }}
          onBand={onSettings}
        />
        <AboutGroup version={access.version} />
      </div>
    </div>
  );
}

/** The group that the address names, brought into view whenever it names another. */
function useGroup(): GroupId | null {
  const [group, setGroup] = useState(() => groupFromHash(location.hash));
  useEffect(() => {
    const follow = () => setGroup(groupFromHash(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    const section = group === null ? null : document.querySelector<HTMLElement>(`#options-${group}`);
    section?.scrollIntoView();
    section?.focus({ preventScroll: true });
  }, [group]);
  return group;
}
