import './DashboardHeader.css';
import { ContractButton } from '@/components/ContractButton';
import { FavouriteStar } from '@/components/FavouriteStar';
import type { PanelStatus } from '@/components/panel/panel-view';
import { StateMark, type Tone } from '@/components/StateMark';
import {
  formatAge,
  formatCountdown,
  formatDistance,
  formatFundingRate,
  formatPrice,
  formatRatio,
  formatShare,
  formatUsd,
} from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { Contract } from '@/lib/market/contract';
import { coverageOf } from '@/lib/market/member';
import type { Summary } from '@/lib/market/summary';
import { venueName } from '@/lib/market/venue-facts';
import { coverageWords } from '@/lib/render/coverage-words';

import { PageIcon } from './PageIcon';

interface Props {
  readonly contract: Contract | null;
  readonly proxyFor: string | null;
  readonly summary: Summary | null;
  readonly ageMs: number | null;
  readonly tone: Tone;
  /** Null while figures are shown, or before anything is known. */
  readonly status: PanelStatus | null;
  readonly isFavourite: boolean;
  readonly onFavourite: (isFavourite: boolean) => void;
  readonly isChoosing: boolean;
  readonly onChoose: () => void;
  /** Null where there is no side panel to open. */
  readonly onSidePanel: (() => void) | null;
}

/** Which contract, its price, how crowded it is and how fresh all that is. */
export function DashboardHeader(props: Props) {
  const {
    contract,
    proxyFor,
    summary,
    ageMs,
    tone,
    status,
    isFavourite,
    onFavourite,
    isChoosing,
    onChoose,
    onSidePanel,
  } = props;
  return (
    <header class="dashboard-header">
      <ContractButton
        contract={contract}
        note={[
          contract === null ? null : t('contract.atVenue', { venue: venueName(contract.venueId) }),
          proxyFor === null ? null : t('header.standsIn', { symbol: proxyFor }),
        ]
          .filter((part) => part !== null)
          .join(', ')}
        isChoosing={isChoosing}
        onChoose={onChoose}
      />
      {contract !== null && <FavouriteStar symbol={contract.symbol} isFavourite={isFavourite} onChange={onFavourite} />}
      {summary !== null && <Facts summary={summary} />}
      <span class="header-health">
        <StateMark tone={status?.tone ?? tone} />
        {status?.word ?? (summary === null ? t('header.noFigures') : madeOf(summary))}
        {ageMs !== null && <span class="quiet"> · {formatAge(ageMs)}</span>}
      </span>
      {onSidePanel !== null && (
        <button
          class="icon-button side-panel"
          type="button"
          title={t('header.sidePanel')}
          aria-label={t('header.sidePanel')}
          onClick={onSidePanel}
        >
          <PageIcon name="panel" />
        </button>
      )}
    </header>
  );
}

/** The venues that the figures are of; one that counts alone by its name. */
const madeOf = ({ members, venueId }: Summary): string =>
  coverageWords(coverageOf(members))?.long ?? venueName(venueId);

function Facts({ summary }: { summary: Summary }) {
  const { markPrice, priceDigits, change24h, openInterestUsd, openInterestChange24h, longShortRatio } = summary;
  const { fundingRate, fundingIntervalMs, nextFundingTimeMs, asOfMs } = summary;
  const untilMs = nextFundingTimeMs === null ? 0 : nextFundingTimeMs - asOfMs;
  const { openInterestShare } = coverageOf(summary.members);
  return (
    <>
      <span class="header-price">{formatPrice(markPrice, priceDigits)}</span>
      {change24h !== null && <strong>{formatDistance(change24h, 2)}</strong>}
      <dl class="header-facts">
        <Fact name={t('price.openInterest')} value={formatUsd(openInterestUsd)}>
          {openInterestChange24h === null ? '' : formatDistance(openInterestChange24h)}
        </Fact>
        <Fact
          name={untilMs > 0 ? t('price.fundingIn', { time: formatCountdown(untilMs) }) : t('price.funding')}
          value={fundingRate === null ? null : formatFundingRate(fundingRate, fundingIntervalMs ?? NaN)}
        />
        <Fact name={t('price.longShort')} value={longShortRatio === null ? null : formatRatio(longShortRatio)} />
        {openInterestShare !== null && (
          // Rounded down: what lacks something is never all.
          <Fact name={t('provenance.coverage')} value={formatShare(Math.floor(openInterestShare * 100) / 100)} />
        )}
      </dl>
    </>
  );
}

function Fact({ name, value, children }: { name: string; value: string | null; children?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value === null ? <span class="quiet">{t('data.none')}</span> : <strong>{value}</strong>}{' '}
        <span class="quiet">{children}</span>
      </dd>
    </div>
  );
}
