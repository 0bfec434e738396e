import type { ComponentType } from 'preact';

import { t } from '@/lib/i18n/words';

import { BandPicture, HiddenPicture, SidesPicture, SourcePicture, UnknownPicture } from './pictures';

const STEPS = [
  { id: 'band', Shape: BandPicture },
  { id: 'sides', Shape: SidesPicture },
  { id: 'source', Shape: SourcePicture },
  { id: 'unknown', Shape: UnknownPicture },
  { id: 'hidden', Shape: HiddenPicture },
] as const satisfies readonly { readonly id: string; readonly Shape: ComponentType }[];

/** As the browser has them unless the user chose others. */
const KEYS = [
  { keys: ['Alt', 'Shift', 'B'], text: 'manifest.toggle' },
  { keys: ['Alt', 'Shift', 'S'], text: 'manifest.nextStyle' },
  { keys: ['Alt', 'Shift', 'P'], text: 'manifest.nextPalette' },
  { keys: ['Alt', 'Shift', 'L'], text: 'firstRun.popup' },
] as const;

/** What the band shows, what it does not know, and how to go on; it asks for nothing. */
export const FirstRunPage = () => (
  <div class="page first-run">
    <h2>{t('firstRun.title')}</h2>
    <p class="first-run-lead">{t('firstRun.lead')}</p>
    <ol>
      {STEPS.map(({ id, Shape }) => (
        <li key={id}>
          <Shape />
          <h3>{t(`firstRun.${id}.title`)}</h3>
          <p>{t(`firstRun.${id}`)}</p>
        </li>
      ))}
      <li class="first-run-next">
        <h3>{t('firstRun.next')}</h3>
        <p>{t('firstRun.nextText')}</p>
        <p>
          <a class="button" href="#map">
            {t('firstRun.map')}
          </a>
        </p>
        <dl>
          {KEYS.map(({ keys, text }) => (
            <div key={text}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{t(text)}</dd>
            </div>
          ))}
        </dl>
      </li>
    </ol>
  </div>
);
