import {
  type BandFieldProps,
  OpacityField,
  PaletteField,
  StyleField,
  ThemeField,
  WidthField,
} from '@/components/band-fields';
import { RadioGroup } from '@/components/RadioGroup';
import { Switch } from '@/components/Switch';
import { formatAge, formatBinWidth } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { Theme } from '@/lib/render/theme';
import { BAND_CHOICES, DEFAULT_BAND_SETTINGS } from '@/lib/store/settings';

import { BandPreviews, type PreviewProps } from './BandPreviews';
import { Group, Setting } from './Group';

/** Of a bin, in ln(price). */
const BIN_WIDTH = 0.00025;
const SIDE_WORDS = { both: 'profile.both', long: 'side.longs', short: 'side.shorts' } as const;

interface Props extends BandFieldProps {
  readonly theme: Theme;
  readonly market: PreviewProps['market'];
  readonly startBand: () => void;
}

/** How the band looks on every chart, with the band itself beside it. */
export function BandGroup({ theme, market, startBand, ...band }: Props) {
  const { settings, onChange } = band;
  const { sitesOff: _, ...looks } = DEFAULT_BAND_SETTINGS;
  return (
    <Group id="band" note={t('look.allCharts')}>
      <div class="options-band">
        <div>
          <Setting name={t('panel.bandOnCharts')}>
            <Switch label={t('panel.bandOnCharts')} isOn={settings.isOn} onChange={(isOn) => onChange({ isOn })} />
          </Setting>
          <Setting name={t('look.style')} note={t(`options.style.${settings.style}`)}>
            <StyleField {...band} />
          </Setting>
          <Setting name={t('profile.sides')} note={t('options.sideNote')}>
            <Segments
              label={t('profile.sides')}
              choices={BAND_CHOICES.side}
              value={settings.side}
              word={(side) => t(SIDE_WORDS[side])}
              onChange={(side) => onChange({ side })}
            />
          </Setting>
          <Setting name={t('look.palette')}>
            <PaletteField {...band} theme={theme} />
          </Setting>
          <Setting name={t('look.theme')}>
            <ThemeField {...band} />
          </Setting>
          <Setting name={t('look.opacity')}>
            <OpacityField {...band} />
          </Setting>
          <Setting name={t('look.width')}>
            <WidthField {...band} />
          </Setting>
          <Setting name={t('options.labels')} note={t('options.labelsNote')}>
            <Switch
              label={t('options.labels')}
              isOn={settings.hasLabels}
              onChange={(hasLabels) => onChange({ hasLabels })}
            />
          </Setting>
          <Setting name={t('options.rows')} note={t('options.rowsNote')}>
            <Segments
              label={t('options.rows')}
              choices={BAND_CHOICES.rowBins}
              value={settings.rowBins}
              word={(bins) => formatBinWidth(bins * BIN_WIDTH)}
              onChange={(rowBins) => onChange({ rowBins })}
            />
          </Setting>
          <Setting name={t('options.refresh')} note={t('options.refreshNote')}>
            <Segments
              label={t('options.refresh')}
              choices={BAND_CHOICES.refreshMs}
              value={settings.refreshMs}
              word={formatAge}
              onChange={(refreshMs) => onChange({ refreshMs })}
            />
          </Setting>
          <Setting name={t('options.asFirst')}>
            <button type="button" class="button is-small" onClick={() => onChange(looks)}>
              {t('options.reset')}
            </button>
          </Setting>
        </div>
        <BandPreviews settings={settings} market={market} startBand={startBand} />
      </div>
    </Group>
  );
}

interface SegmentsProps<Choice extends string | number> {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: Choice;
  readonly word: (choice: Choice) => string;
  readonly onChange: (choice: Choice) => void;
}

function Segments<Choice extends string | number>(props: SegmentsProps<Choice>) {
  const { label, choices, value, word, onChange } = props;
  return (
    <RadioGroup
      label={label}
      look="segments"
      options={choices.map((choice) => ({ value: String(choice), content: word(choice) }))}
      value={String(value)}
      onChange={(chosen) => onChange(choices.find((choice) => String(choice) === chosen) ?? value)}
    />
  );
}
