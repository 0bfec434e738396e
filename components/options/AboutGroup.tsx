import { t } from '@/lib/i18n/words';

import { Group, Setting } from './Group';

/** Groups that have a page of their own. */
const LINKS = {
  alerts: ['options.alertsName', 'options.alertsNote'],
  positions: ['options.positionsName', 'options.positionsNote'],
} as const;

/** What this is, what it may do with data, and where to look when something is wrong. */
export const AboutGroup = ({ version }: { readonly version: string }) => (
  <Group id="about">
    <Setting name={`Liqband ${version}`} note={t('options.licence')}>
      <a class="button is-small" href="#first-run">
        {t('page.first-run')}
      </a>
    </Setting>
    <Setting name={t('options.private')} note={t('options.privateNote')} />
    <Setting name={t('page.diagnostics')} note={t('options.diagnosticsNote')}>
      <a class="button is-small" href="#diagnostics">
        {t('options.open')}
      </a>
    </Setting>
  </Group>
);

/** The way to a page that holds what is set there. */
export function LinkGroup({ id }: { readonly id: keyof typeof LINKS }) {
  const [name, note] = LINKS[id];
  return (
    <Group id={id}>
      <Setting name={t(name)} note={t(note)}>
        <a class="button is-small" href={`#${id}`}>
          {t('options.open')}
        </a>
      </Setting>
    </Group>
  );
}
