import './BandControls.css';
import { formatShare } from '@/lib/core/format';
import { PALETTE_NAMES } from '@/lib/core/palettes';
import { t } from '@/lib/i18n/words';
import type { Theme } from '@/lib/render/theme';
import type { BandSettings } from '@/lib/store/settings';

import { heatGradient } from './heat-gradient';
import { RadioGroup } from './RadioGroup';
import { Section } from './Section';
import { Slider } from './Slider';

const STYLES = ['strip', 'bars', 'pane'] as const;
const THEMES = ['auto', 'dark', 'light'] as const;

interface Props {
  readonly settings: BandSettings;
  /** In whose colours the palettes are shown. */
  readonly theme: Theme;
  readonly onChange: (change: Partial<BandSettings>) => void;
}

/** How the band looks on every chart. */
export function BandControls({ settings, theme, onChange }: Props) {
  return (
    <Section title={t('look.title')} aside={t('look.allCharts')}>
      <div class="controls">
        <span aria-hidden="true">{t('look.style')}</span>
        <RadioGroup
          label={t('look.style')}
          look="segments"
          options={STYLES.map((value) => ({ value, content: t(`style.${value}`) }))}
          value={settings.style}
          onChange={(style) => onChange({ style })}
        />
        <span aria-hidden="true">{t('look.palette')}</span>
        <RadioGroup
          label={t('look.palette')}
          look="swatches"
          options={PALETTE_NAMES.map((palette) => ({
            value: palette,
            title: t(`palette.${palette}.title`),
            content: (
              <>
                <i style={{ background: heatGradient(palette, theme) }} />
                {t(`palette.${palette}.${theme}`)}
              </>
            ),
          }))}
          value={settings.palette}
          onChange={(palette) => onChange({ palette })}
        />
        <span aria-hidden="true">{t('look.theme')}</span>
        <RadioGroup
          label={t('look.theme')}
          look="segments"
          options={THEMES.map((value) => ({ value, content: t(`look.${value}`) }))}
          value={settings.theme}
          onChange={(theme) => onChange({ theme })}
        />
        <span aria-hidden="true">{t('look.opacity')}</span>
        <Slider
          label={t('look.opacity')}
          min={0.1}
          max={1}
          step={0.05}
          value={settings.opacity}
          text={formatShare(settings.opacity)}
          onChange={(opacity) => onChange({ opacity })}
        />
        <span aria-hidden="true">{t('look.width')}</span>
        <Slider
          label={t('look.width')}
          min={40}
          max={240}
          step={4}
          value={settings.width}
          text={t('look.pixels', { count: settings.width })}
          onChange={(width) => onChange({ width })}
        />
      </div>
    </Section>
  );
}
