import { SelectField } from '@/components/own/Field';
import { type Language, type LanguageChoice, LANGUAGES } from '@/lib/core/languages';
import { t } from '@/lib/i18n/words';
import { writeLanguage } from '@/lib/store/language';

import { Group } from './Group';
import { LANGUAGE_NAMES } from './language-names';

/** In which language everything is said. */
export const LanguageGroup = ({ language }: { readonly language: LanguageChoice }) => (
  <Group id="language">
    <SelectField
      label={t('options.languageNote')}
      options={[
        { value: 'auto', text: t('options.auto') },
        ...LANGUAGES.map((each) => ({ value: each, text: LANGUAGE_NAMES[each] })),
      ]}
      value={language}
      onChange={(chosen) => void writeLanguage(chosen as Language)}
    />
  </Group>
);
