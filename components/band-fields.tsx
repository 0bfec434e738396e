import { formatShare } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { Theme } from '@/lib/render/theme';
import { BAND_CHOICES, type BandSettings } from '@/lib/store/settings';

import { heatGradient } from './heat-gradient';
import { RadioGroup } from './RadioGroup';
import { Slider } from './Slider';

export interface BandFieldProps {
  readonly settings: BandSettings;
  readonly onChange: (change: Partial<BandSettings>) => void;
}

export const StyleField = ({ settings, onChange }: BandFieldProps) => (
  <RadioGroup
    label={t('look.style')}
    look="segments"
    options={BAND_CHOICES.style.map((value) => ({ value, content: t(`style.${value}`) }))}
    value={settings.style}
    onChange={(style) => onChange({ style })}
  />
);

/** `theme` is in whose colours the palettes are shown. */
export const PaletteField = ({ settings, theme, onChange }: BandFieldProps & { readonly theme: Theme }) => (
  <RadioGroup
    label={t('look.palette')}
    look="swatches"
    options={BAND_CHOICES.palette.map((palette) => ({
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
);

export const ThemeField = ({ settings, onChange }: BandFieldProps) => (
  <RadioGroup
    label={t('look.theme')}
    look="segments"
    options={BAND_CHOICES.theme.map((value) => ({ value, content: t(`look.${value}`) }))}
    value={settings.theme}
    onChange={(theme) => onChange({ theme })}
  />
);

export const OpacityField = ({ settings, onChange }: BandFieldProps) => (
  <Slider
    label={t('look.opacity')}
    min={0.1}
    max={1}
    step={0.05}
    value={settings.opacity}
    text={formatShare(settings.opacity)}
    onChange={(opacity) => onChange({ opacity })}
  />
);

export const WidthField = ({ settings, onChange }: BandFieldProps) => (
  <Slider
    label={t('look.width')}
    min={40}
    max={240}
    step={4}
    value={settings.width}
    text={t('look.pixels', { count: settings.width })}
    onChange={(width) => onChange({ width })}
  />
);
