import { Switch } from '@/components/Switch';
import { t } from '@/lib/i18n/words';
import { SITE_NAMES, type SiteName } from '@/lib/market/site-names';
import { allowedSites } from '@/lib/store/settings';

import { Group, Setting } from './Group';
import { useStored } from './use-stored';

const SITE_IDS = Object.keys(SITE_NAMES) as SiteName[];
const NONE: readonly string[] = [];
const readAllowed = () => allowedSites.getValue();
const watchAllowed = (listener: (patterns: readonly string[]) => void) => allowedSites.watch(listener);

interface Props {
  readonly off: readonly string[];
  readonly onChange: (off: readonly string[]) => void;
  /** Gives the browser's permission for a site back. */
  readonly onWithdraw: (pattern: string) => void;
}

/** On which pages there is a band. */
export function SitesGroup({ off, onChange, onWithdraw }: Props) {
  const allowed = useStored(readAllowed, watchAllowed, NONE);
  return (
    <Group id="sites" note={t('options.sitesNote')}>
      <div class="setting-grid">
        {SITE_IDS.map((id) => {
          const { name, host } = SITE_NAMES[id];
          return (
            <Setting key={id} name={name} note={host}>
              <Switch
                label={t('options.siteOn', { site: name })}
                isOn={!off.includes(id)}
                onChange={(isOn) => onChange(isOn ? off.filter((each) => each !== id) : [...off, id])}
              />
            </Setting>
          );
        })}
        {allowed.map((pattern) => {
          const host = pattern.replace(/^https:\/\/|\/\*$/g, '');
          return (
            <Setting key={pattern} name={host} note={t('site.allowed', { host })}>
              <button
                type="button"
                class="button is-small"
                aria-label={`${t('site.withdraw')}: ${host}`}
                onClick={() => onWithdraw(pattern)}
              >
                {t('site.withdraw')}
              </button>
            </Setting>
          );
        })}
      </div>
      <p class="caption">{t('options.siteMore')}</p>
    </Group>
  );
}
