import { Section } from '@/components/Section';
import { formatShare } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';

import type { LiftPoint } from './lift-curve';

const SIZE = 200;
/** Fewer bars are no ranking: a line between two of them would claim one. */
const LEAST_BARS = 20;

interface Props {
  readonly map: readonly LiftPoint[];
  /** The null model: bars ranked by how far price moved. */
  readonly move: readonly LiftPoint[];
}

/** How soon the bars of which most was expected hold most of what was liquidated. */
export function LiftChart({ map, move }: Props) {
  if (map.length <= LEAST_BARS) return null;
  return (
    <Section title={t('lift.title')} aside={t('lift.aside')}>
      <div class="lift">
        <svg viewBox={`-30 -8 ${SIZE + 46} ${SIZE + 24}`} aria-hidden="true">
          <rect class="lift-frame" width={SIZE} height={SIZE} />
          <path class="lift-chance" d={`M0 ${SIZE}L${SIZE} 0`} />
          <path class="lift-move" d={pathOf(move)} />
          <path class="lift-map" d={pathOf(map)} />
          {[0, 0.5, 1].map((share) => (
            <g key={share}>
              <text x={-5} y={SIZE * (1 - share) + 3} text-anchor="end">
                {formatShare(share, 0)}
              </text>
              <text x={SIZE * share} y={SIZE + 13} text-anchor="middle">
                {formatShare(share, 0)}
              </text>
            </g>
          ))}
        </svg>
        <table class="scores">
          <thead>
            <tr>
              <th scope="col">{t('lift.first')}</th>
              <th scope="col" class="key">
                {t('lift.map')}
              </th>
              <th scope="col" class="key is-move">
                {t('lift.move')}
              </th>
            </tr>
          </thead>
          <tbody>
            {[0.05, 0.1, 0.25, 0.5].map((share) => (
              <tr key={share}>
                <th scope="row">{formatShare(share)}</th>
                <td>
                  <strong>{formatShare(usdAt(map, share))}</strong>
                </td>
                <td>{formatShare(usdAt(move, share))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="caption">{t('lift.note')}</p>
    </Section>
  );
}

const pathOf = (points: readonly LiftPoint[]): string =>
  points
    .map(({ bars, usd }, i) => `${i === 0 ? 'M' : 'L'}${(bars * SIZE).toFixed(1)} ${(SIZE - usd * SIZE).toFixed(1)}`)
    .join('');

/** Between two points as if the bars there were alike. */
function usdAt(points: readonly LiftPoint[], share: number): number {
  const after = points.findIndex(({ bars }) => bars >= share);
  if (after <= 0) return 0;
  const from = points[after - 1];
  const to = points[after];
  return from.usd + ((share - from.bars) / (to.bars - from.bars)) * (to.usd - from.usd);
}
