import './RiskLadder.css';
import { formatShare, formatUsd, formatUsdRange } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { AtRisk } from '@/lib/market/summary';

import { Section } from './Section';

/** USD within each distance of the price, mirrored, linear from one common maximum. */
export function RiskLadder({ atRisk }: { atRisk: readonly AtRisk[] }) {
  const maximum = Math.max(...atRisk.flatMap((step) => [step.longUsd, step.shortUsd]));
  return (
    <Section title={t('ladder.title')} aside={t('ladder.note')}>
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
                  <span title={formatUsdRange(longRange)}>{formatUsd(longUsd)}</span>
                  <Bar usd={longUsd} maximum={maximum} />
                </div>
              </td>
              <th scope="row" class="distance">
                {formatShare(distance, 0)}
              </th>
              <td>
                <div class="cell short-cell">
                  <Bar usd={shortUsd} maximum={maximum} />
                  <span title={formatUsdRange(shortRange)}>{formatUsd(shortUsd)}</span>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Bar({ usd, maximum }: { usd: number; maximum: number }) {
  return <div class="track">{usd > 0 && <div class="bar" style={{ width: `${(100 * usd) / maximum}%` }} />}</div>;
}
