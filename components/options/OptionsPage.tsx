import { BandControls } from '@/components/BandControls';
import { SelectField } from '@/components/own/Field';
import { switchVenue } from '@/components/panel/switch-venue';
import { Section } from '@/components/Section';
import { Switch } from '@/components/Switch';
import { type Language, type LanguageChoice, LANGUAGES } from '@/lib/core/languages';
import { t } from '@/lib/i18n/words';
import type { VenueId } from '@/lib/market/contract';
import { VENUE_FACTS, venueName } from '@/lib/market/venue-facts';
import type { Theme } from '@/lib/render/theme';
import { readLanguage, watchLanguage, writeLanguage } from '@/lib/store/language';
import { type BandSettings, venuesOff } from '@/lib/store/settings';

import { LANGUAGE_NAMES } from './language-names';
import { SettingsTransfer } from './SettingsTransfer';
import { useStored } from './use-stored';

const VENUE_IDS = Object.keys(VENUE_FACTS) as VenueId[];
const NONE_OFF: readonly VenueId[] = [];

interface Props {
  readonly settings: BandSettings;
  readonly theme: Theme;
  readonly onSettings: (change: Partial<BandSettings>) => void;
}

/** Everything that can be set, each where it is explained. */
export function OptionsPage({ settings, theme, onSettings }: Props) {
  const language = useStored<LanguageChoice>(readLanguage, watchLanguage, 'auto');
  const off = useStored(venuesOff.getValue, venuesOff.watch, NONE_OFF);
  const isLast = off.length === VENUE_IDS.length - 1;
  return (
    <div class="page options">
      <Section title={t('options.language')}>
        <SelectField
          label={t('options.languageNote')}
          options={[
            { value: 'auto', text: t('options.auto') },
            ...LANGUAGES.map((each) => ({ value: each, text: LANGUAGE_NAMES[each] })),
          ]}
          value={language}
          onChange={(chosen) => void writeLanguage(chosen as Language)}
        />
      </Section>
      <BandControls settings={settings} theme={theme} onChange={onSettings} />
      <Section title={t('venues.title')} aside={t('options.venuesNote')}>
        <ul class="options-venues">
          {VENUE_IDS.map((venueId) => {
            const isOn = !off.includes(venueId);
            return (
              <li key={venueId}>
                <Switch
                  label={t('venues.count', { venue: venueName(venueId) })}
                  isOn={isOn}
                  // Without any venue there would be nothing to show.
                  onChange={(wanted) => (wanted || !isLast) && void switchVenue(venueId, wanted)}
                />
                {venueName(venueId)}
              </li>
            );
          })}
        </ul>
      </Section>
      <SettingsTransfer now={{ band: settings, venuesOff: off, language }} onBand={onSettings} />
    </div>
  );
}
