import './SideCards.css';
import { formatClusterPrice, formatDistance, formatUsd, NOTHING } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { PositionSide } from '@/lib/market/liquidation';
import type { NamedCluster, Summary } from '@/lib/market/summary';

import { RangeNote } from './RangeNote';

/** What lies within reach on each side: longs below, shorts above the price. */
export function SideCards({ summary }: { summary: Summary }) {
  return (
    <section class="section side-cards" aria-label={t('risk.label')}>
      <SideCard side="long" summary={summary} nearest={summary.nearestLong} largest={summary.largestLong} />
      <SideCard side="short" summary={summary} nearest={summary.nearestShort} largest={summary.largestShort} />
    </section>
  );
}

interface CardProps {
  readonly side: PositionSide;
  readonly summary: Summary;
  readonly nearest: NamedCluster | null;
  readonly largest: NamedCluster | null;
}

function SideCard({ side, summary, nearest, largest }: CardProps) {
  const reach = summary.atRisk.at(-1);
  const isLong = side === 'long';
  const range = reach && (isLong ? reach.longRange : reach.shortRange);
  return (
    <div class="side-card" data-side={side}>
      <h2 class="title">
        {t(isLong ? 'risk.longs' : 'risk.shorts')}
        {reach !== undefined && (
          <span class="quiet">
            {t('risk.reach', { distance: formatDistance(isLong ? -reach.distance : reach.distance) })}
          </span>
        )}
      </h2>
      <div class="total">{reach === undefined ? NOTHING : formatUsd(isLong ? reach.longUsd : reach.shortUsd)}</div>
      {range && (
        <div class="quiet">
          <RangeNote range={range} isNamed />
        </div>
      )}
      <dl>
        <ClusterRow name={t('risk.nearest')} side={side} cluster={nearest} priceDigits={summary.priceDigits} />
        <ClusterRow name={t('risk.largest')} side={side} cluster={largest} priceDigits={summary.priceDigits} />
      </dl>
    </div>
  );
}

interface RowProps {
  readonly name: string;
  readonly side: PositionSide;
  readonly cluster: NamedCluster | null;
  readonly priceDigits: number;
}

function ClusterRow({ name, side, cluster, priceDigits }: RowProps) {
  return (
    <div>
      <dt>
        {name}
        {cluster !== null && <span class={side}>{formatDistance(cluster.distance)}</span>}
      </dt>
      <dd>
        {cluster === null ? (
          <span class="quiet">{NOTHING}</span>
        ) : (
          <>
            <strong>{formatClusterPrice(cluster.price, priceDigits)}</strong>
            <span>{formatUsd(cluster.usd)}</span>
          </>
        )}
      </dd>
      {cluster !== null && (
        <dd>
          <RangeNote range={cluster.range} />
        </dd>
      )}
    </div>
  );
}
