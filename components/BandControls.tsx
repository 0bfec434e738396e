import './BandControls.css';
import { t } from '@/lib/i18n/words';
import type { Theme } from '@/lib/render/theme';

import { type BandFieldProps, OpacityField, PaletteField, StyleField, ThemeField, WidthField } from './band-fields';
import { Section } from './Section';

/** How the band looks on every chart. */
export function BandControls({ theme, ...band }: BandFieldProps & { readonly theme: Theme }) {
  return (
    <Section title={t('look.title')} aside={t('look.allCharts')}>
      <div class="controls">
        <span aria-hidden="true">{t('look.style')}</span>
        <StyleField {...band} />
        <span aria-hidden="true">{t('look.palette')}</span>
        <PaletteField {...band} theme={theme} />
        <span aria-hidden="true">{t('look.theme')}</span>
        <ThemeField {...band} />
        <span aria-hidden="true">{t('look.opacity')}</span>
        <OpacityField {...band} />
        <span aria-hidden="true">{t('look.width')}</span>
        <WidthField {...band} />
      </div>
    </Section>
  );
}
