import './RiskLadder.css';
import { formatShare, formatUsd } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { AtRisk } from '@/lib/market/summary';
import type { UsdRange } from '@/lib/market/usd-range';

import { RangeNote } from './RangeNote';
import { Section } from './Section';

/** USD within each distance of the price with its interval, mirrored, linear from one common maximum. */
export function RiskLadder({ atRisk }: { atRisk: readonly AtRisk[] }) {
  const maximum = Math.max(...atRisk.flatMap(({ longRange, shortRange }) => [longRange.highUsd, shortRange.highUsd]));
  return (
    <Section
      title={t('ladder.title')}
      aside={`${t('ladder.note')} · ${t('risk.interval', { share: formatShare(0.8) })}`}
    >
      <table class="ladder">
        <thead>
          <tr>
            <th scope="col" class="long">
              {t('side.longs')}
            </th>
            <th scope="col" class="distance">
              <span class="visually-hidden">{t('ladder.within')}</span>
            </th>
            <th scope="col" class="short">
              {t('side.shorts')}
            </th>
          </tr>
        </thead>
        <tbody>
          {atRisk.map(({ distance, longUsd, shortUsd, longRange, shortRange }) => (
            <tr key={distance}>
              <td>
                <div class="cell long-cell">
                  <Estimate usd={longUsd} range={longRange} />
                  <Bar usd={longUsd} range={longRange} maximum={maximum} />
                </div>
              </td>
              <th scope="row" class="distance">
                {formatShare(distance, 0)}
              </th>
              <td>
                <div class="cell short-cell">
                  <Bar usd={shortUsd} range={shortRange} maximum={maximum} />
                  <Estimate usd={shortUsd} range={shortRange} />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

interface EstimateProps {
  readonly usd: number;
  readonly range: UsdRange;
}

const Estimate = ({ usd, range }: EstimateProps) => (
  <span>
    {formatUsd(usd)}
    <RangeNote range={range} />
  </span>
);

/** The estimate, and a whisker from the low to the high end of its interval. */
function Bar({ usd, range, maximum }: EstimateProps & { readonly maximum: number }) {
  const share = (part: number) => `${(100 * part) / maximum}%`;
  return (
    <div class="track" aria-hidden="true">
      {usd > 0 && (
        <>
          <div class="bar" style={{ width: share(usd) }} />
          <i style={{ '--low': share(range.lowUsd), width: share(range.highUsd - range.lowUsd) }} />
        </>
      )}
    </div>
  );
}
