import './BandControls.css';
import { PALETTE_NAMES, PALETTES } from '@/lib/core/palettes';
import type { Theme } from '@/lib/render/theme';
import type { BandSettings } from '@/lib/store/settings';

import { heatGradient } from './heat-gradient';
import { RadioGroup } from './RadioGroup';
import { Section } from './Section';
import { Slider } from './Slider';

const STYLES = [
  { value: 'strip', content: 'Heat' },
  { value: 'bars', content: 'Bars' },
] as const;

const THEMES = [
  { value: 'auto', content: 'As the chart' },
  { value: 'dark', content: 'Dark' },
  { value: 'light', content: 'Light' },
] as const;

interface Props {
  readonly settings: BandSettings;
  /** In whose colours the palettes are shown. */
  readonly theme: Theme;
  readonly onChange: (change: Partial<BandSettings>) => void;
}

/** How the band looks on every chart. */
export function BandControls({ settings, theme, onChange }: Props) {
  return (
    <Section title="Band" aside="all charts">
      <div class="controls">
        <span aria-hidden="true">Style</span>
        <RadioGroup
          label="Style"
          look="segments"
          options={STYLES}
          value={settings.style}
          onChange={(style) => onChange({ style })}
        />
        <span aria-hidden="true">Palette</span>
        <RadioGroup
          label="Palette"
          look="swatches"
          options={PALETTE_NAMES.map((palette) => ({
            value: palette,
            title: PALETTES[palette].label,
            content: (
              <>
                <i style={{ background: heatGradient(palette, theme) }} />
                {PALETTES[palette].names[theme]}
              </>
            ),
          }))}
          value={settings.palette}
          onChange={(palette) => onChange({ palette })}
        />
        <span aria-hidden="true">Theme</span>
        <RadioGroup
          label="Theme"
          look="segments"
          options={THEMES}
          value={settings.theme}
          onChange={(theme) => onChange({ theme })}
        />
        <span aria-hidden="true">Opacity</span>
        <Slider
          label="Opacity"
          min={0.1}
          max={1}
          step={0.05}
          value={settings.opacity}
          text={`${Math.round(settings.opacity * 100)}%`}
          onChange={(opacity) => onChange({ opacity })}
        />
        <span aria-hidden="true">Width</span>
        <Slider
          label="Width"
          min={40}
          max={240}
          step={4}
          value={settings.width}
          text={`${settings.width} px`}
          onChange={(width) => onChange({ width })}
        />
      </div>
    </Section>
  );
}
