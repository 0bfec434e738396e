import './BandControls.css';
import { useId } from 'preact/hooks';

import { PALETTE_NAMES, type PaletteName, PALETTES } from '@/lib/core/palettes';
import type { Theme } from '@/lib/render/theme';
import type { BandSettings } from '@/lib/store/settings';

import { heatGradient } from './heat-gradient';
import { Section } from './Section';
import { Segments } from './Segments';
import { Slider } from './Slider';

const THEMES = [
  { value: 'auto', text: 'As the chart' },
  { value: 'dark', text: 'Dark' },
  { value: 'light', text: 'Light' },
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
        <span aria-hidden="true">Palette</span>
        <PaletteChoice value={settings.palette} theme={theme} onChange={(palette) => onChange({ palette })} />
        <span aria-hidden="true">Theme</span>
        <Segments label="Theme" options={THEMES} value={settings.theme} onChange={(theme) => onChange({ theme })} />
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

interface PaletteProps {
  readonly value: PaletteName;
  readonly theme: Theme;
  readonly onChange: (palette: PaletteName) => void;
}

function PaletteChoice({ value, theme, onChange }: PaletteProps) {
  const name = useId();
  return (
    <div class="palettes" role="radiogroup" aria-label="Palette">
      {PALETTE_NAMES.map((palette) => (
        <label key={palette} title={PALETTES[palette].label}>
          <input
            class="visually-hidden"
            type="radio"
            name={name}
            checked={palette === value}
            onChange={() => onChange(palette)}
          />
          <i style={{ background: heatGradient(palette, theme) }} />
          {PALETTES[palette].names[theme]}
        </label>
      ))}
    </div>
  );
}
