import './HeatLegend.css';
import { formatUsd } from '@/lib/core/format';
import type { PaletteName } from '@/lib/core/palettes';
import type { HeatScale, HeatThresholds } from '@/lib/render/heat-scale';
import type { Theme } from '@/lib/render/theme';

import { densestColor, heatGradient } from './heat-gradient';
import { legendScale, positionToUsd, usdToPosition } from './heat-legend-scale';

const STEPS = 400;
/** The handles never meet: equal ends would leave no colours between them. */
const LEAST_GAP = 0.04;

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
  const thresholdUsd = thresholds.thresholdUsd ?? automatic.lo;
  const fullUsd = thresholds.fullUsd ?? automatic.hi;
  const from = usdToPosition(scale, thresholdUsd);
  const to = usdToPosition(scale, fullUsd);
  const moveFrom = (position: number) =>
    onChange({ thresholdUsd: positionToUsd(scale, Math.min(position, to - LEAST_GAP)), fullUsd });
  const moveTo = (position: number) =>
    onChange({ thresholdUsd, fullUsd: positionToUsd(scale, Math.max(position, from + LEAST_GAP)) });
  const isSet = thresholds.thresholdUsd !== null || thresholds.fullUsd !== null;
  return (
    <>
      <div class="heat-legend" role="group" aria-label="Colour scale">
        <div class="track" />
        <div class="full" style={{ left: `${100 * to}%`, background: densestColor(palette, theme) }} />
        <div
          class="heat"
          style={{ left: `${100 * from}%`, right: `${100 - 100 * to}%`, background: heatGradient(palette, theme) }}
        />
        <Handle label="Colour begins at" position={from} usd={thresholdUsd} onMove={moveFrom} />
        <Handle label="Colour is full at" position={to} usd={fullUsd} onMove={moveTo} />
        <LegendLabels from={from} to={to} thresholdUsd={thresholdUsd} fullUsd={fullUsd} minUsd={scale.minUsd} />
      </div>
      <div class="heat-legend-note">
        <span>
          USD per {Number((binWidth * 100).toFixed(3))}% of price{isSet ? ', set by you' : ', follows the data'}
        </span>
        {isSet && (
          <button class="button is-small" type="button" onClick={() => onChange({ thresholdUsd: null, fullUsd: null })}>
            Follow the data
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

function Handle({ label, position, usd, onMove }: HandleProps) {
  return (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={`${formatUsd(usd)} per bin`}
      min={0}
      max={STEPS}
      value={Math.round(position * STEPS)}
      onInput={(event) => onMove(event.currentTarget.valueAsNumber / STEPS)}
    />
  );
}

interface LabelsProps {
  readonly from: number;
  readonly to: number;
  readonly thresholdUsd: number;
  readonly fullUsd: number;
  readonly minUsd: number;
}

/** Each handle's figure below it, kept inside the panel and apart; the scale's start only where it has room. */
function LegendLabels({ from, to, thresholdUsd, fullUsd, minUsd }: LabelsProps) {
  const isTight = to - from < 0.2;
  const at = (position: number, shift: number) => ({
    left: `${100 * position}%`,
    transform: `translateX(-${100 * shift}%)`,
  });
  return (
    <div aria-hidden="true">
      {from > 0.25 && <span class="quiet">{formatUsd(minUsd)}</span>}
      <span style={at(from, isTight ? Math.min(1, from * 5) : Math.min(0.5, from * 5))}>
        <strong>{formatUsd(thresholdUsd)}</strong>
      </span>
      <span style={at(to, isTight ? Math.max(0, 1 - (1 - to) * 5) : Math.max(0.5, 1 - (1 - to) * 5))}>
        <strong>{formatUsd(fullUsd)}</strong>
      </span>
    </div>
  );
}
