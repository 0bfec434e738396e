import './HeatLegend.css';
import { formatUsd } from '@/lib/core/format';
import type { PaletteName } from '@/lib/core/palettes';
import { t } from '@/lib/i18n/words';
import type { HeatScale, HeatThresholds } from '@/lib/render/heat-scale';
import type { Theme } from '@/lib/render/theme';

import { heatGradient } from './heat-gradient';
import { heatEnds, isHeatSet, legendScale, legendWords, positionToUsd, usdToPosition } from './heat-legend-scale';

const STEPS = 400;
/** The handles stay apart: equal ends would leave no colours, and their figures need room. */
const LEAST_GAP = 0.15;

interface Props {
  /** Where colour begins and is full when nothing is set. */
  readonly automatic: HeatScale;
  readonly thresholds: HeatThresholds;
  readonly palette: PaletteName;
  readonly theme: Theme;
  /** Width of a bin as a fraction of price. */
  readonly binWidth: number;
  readonly onChange: (thresholds: HeatThresholds) => void;
}

/** The colours' legend and, with its two handles, their threshold and full end. */
export function HeatLegend({ automatic, thresholds, palette, theme, binWidth, onChange }: Props) {
  const scale = legendScale(automatic);
  const { lo: thresholdUsd, hi: fullUsd } = heatEnds(automatic, thresholds);
  const from = usdToPosition(scale, thresholdUsd);
  const to = usdToPosition(scale, fullUsd);
  const moveFrom = (position: number) =>
    onChange({ thresholdUsd: positionToUsd(scale, Math.min(position, to - LEAST_GAP)), fullUsd });
  const moveTo = (position: number) =>
    onChange({ thresholdUsd, fullUsd: positionToUsd(scale, Math.max(position, from + LEAST_GAP)) });
  return (
    <>
      <div class="heat-legend" role="group" aria-label={t('legend.label')}>
        <div class="track" />
        <div
          class="heat"
          style={{ left: `${100 * from}%`, background: heatGradient(palette, theme, (to - from) / (1 - from)) }}
        />
        <Handle label={t('legend.begins')} position={from} usd={thresholdUsd} onMove={moveFrom} />
        <Handle label={t('legend.full')} position={to} usd={fullUsd} onMove={moveTo} />
      </div>
      <div class="heat-legend-note">
        <span>{legendWords(thresholds, binWidth)}</span>
        {isHeatSet(thresholds) && (
          <button class="button is-small" type="button" onClick={() => onChange({ thresholdUsd: null, fullUsd: null })}>
            {t('legend.follow')}
          </button>
        )}
      </div>
    </>
  );
}

interface HandleProps {
  readonly label: string;
  readonly position: number;
  readonly usd: number;
  readonly onMove: (position: number) => void;
}

/** The handle, and its figure below it, moved only as far as the panel's edges ask. */
function Handle({ label, position, usd, onMove }: HandleProps) {
  const left = `${100 * position}%`;
  return (
    <>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={t('legend.usdPerBin', { usd: formatUsd(usd) })}
        max={STEPS}
        value={Math.round(position * STEPS)}
        onInput={(event) => onMove(event.currentTarget.valueAsNumber / STEPS)}
      />
      <span style={{ left, transform: `translateX(-${left})` }}>
        <strong>{formatUsd(usd)}</strong>
      </span>
    </>
  );
}
