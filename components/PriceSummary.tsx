import './PriceSummary.css';
import {
  formatAge,
  formatCountdown,
  formatDistance,
  formatFundingRate,
  formatPrice,
  formatRatio,
  formatSpan,
  formatUsd,
} from '@/lib/core/format';
import { DAY_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import type { Summary } from '@/lib/market/summary';

import { StateMark, type Tone } from './StateMark';

interface Props {
  readonly summary: Summary;
  /** Words for the chart's own symbol when this contract stands in for it. */
  readonly proxyFor: string | null;
  /** Age of the newest input; null while unknown. */
  readonly ageMs: number | null;
  readonly tone: Tone;
}

/** Price with its source and age, and the three figures that say how crowded the contract is. */
export function PriceSummary({ summary, proxyFor, ageMs, tone }: Props) {
  const isLate = tone === 'warn' || tone === 'bad';
  return (
    <section class="section" aria-label={t('price.label')}>
      {proxyFor !== null && <p class="proxy-note">{t('price.standsIn', { symbol: proxyFor })}</p>}
      <div class="price-line">
        <span class="price">{formatPrice(summary.markPrice, summary.priceDigits)}</span>
        {summary.change24h !== null && (
          <span>
            <strong>{formatDistance(summary.change24h, 2)}</strong> <span class="quiet">{formatSpan(DAY_MS)}</span>
          </span>
        )}
        <span class={`source${isLate ? ' is-late' : ''}`}>
          <StateMark tone={tone} />
          {t('price.mark')}
          {ageMs !== null && ` · ${formatAge(ageMs)}`}
        </span>
      </div>
      <dl class="facts">
        <div>
          <dt>{t('price.openInterest')}</dt>
          <dd>
            <strong>{formatUsd(summary.openInterestUsd)}</strong>
            {summary.openInterestChange24h !== null && (
              <span class="quiet"> {formatDistance(summary.openInterestChange24h)}</span>
            )}
          </dd>
        </div>
        <Funding summary={summary} />
        <div>
          <dt>{t('price.longShort')}</dt>
          <dd>
            {summary.longShortRatio === null ? (
              <NoData />
            ) : (
              <>
                <strong>{formatRatio(summary.longShortRatio)}</strong>
                <span class="quiet"> {t('price.accounts')}</span>
              </>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Funding({ summary: { fundingRate, fundingIntervalMs, nextFundingTimeMs, asOfMs } }: { summary: Summary }) {
  const untilMs = nextFundingTimeMs === null ? 0 : nextFundingTimeMs - asOfMs;
  const [rate, period] = formatFundingRate(fundingRate ?? NaN, fundingIntervalMs ?? NaN).split(' / ');
  return (
    <div>
      <dt>{untilMs > 0 ? t('price.fundingIn', { time: formatCountdown(untilMs) }) : t('price.funding')}</dt>
      <dd>
        {fundingRate === null ? <NoData /> : <strong>{rate}</strong>}
        {period && <span class="quiet"> / {period}</span>}
      </dd>
    </div>
  );
}

const NoData = () => <span class="quiet">{t('data.none')}</span>;
