import { formatClusterPrice, formatDistance, formatPrice, formatShare, formatUsd, formatSpan } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { AlertCondition, AlertFiring } from '@/lib/market/alert';
import { venueIdOf, type ContractId } from '@/lib/market/contract';
import { venueName } from '@/lib/market/venue-facts';

/** `BTCUSDT, Binance`. */
export const contractWords = (id: ContractId): string =>
  `${id.slice(id.indexOf(':') + 1)}, ${venueName(venueIdOf(id))}`;

/** What a rule waits for. */
export function conditionWords(condition: AlertCondition): string {
  switch (condition.kind) {
    case 'near-cluster':
      return t('alerts.rule.nearCluster', {
        within: formatShare(condition.within),
        usd: formatUsd(condition.leastUsd),
      });
    case 'liquidated':
      return t('alerts.rule.liquidated', { usd: formatUsd(condition.leastUsd), span: formatSpan(condition.windowMs) });
    case 'cluster-grows': {
      const by = condition.unit === 'usd' ? formatUsd(condition.by) : formatShare(condition.by);
      return t('alerts.rule.grows', { usd: formatUsd(condition.leastUsd), by, span: formatSpan(condition.windowMs) });
    }
    default:
      return t('alerts.rule.own', { within: formatShare(condition.within) });
  }
}

/** What happened: a title and a sentence. */
export function firingWords({ contractId, priceDigits, facts }: AlertFiring): { title: string; text: string } {
  const contract = contractWords(contractId);
  switch (facts.kind) {
    case 'near-cluster':
      return {
        title: t('alerts.told.nearCluster', { contract, count: 1 }),
        text: t(facts.positionSide === 'long' ? 'alerts.told.longsAt' : 'alerts.told.shortsAt', {
          usd: formatUsd(facts.usd),
          price: formatClusterPrice(facts.price, priceDigits),
          distance: formatDistance(facts.distance, 2),
        }),
      };
    case 'liquidated':
      return {
        title: t('alerts.told.liquidated', { contract }),
        text: t('alerts.told.liquidatedSums', {
          usd: formatUsd(facts.longUsd + facts.shortUsd),
          span: formatSpan(facts.windowMs),
          longs: formatUsd(facts.longUsd),
          shorts: formatUsd(facts.shortUsd),
        }),
      };
    case 'cluster-grows':
      return {
        title: t('alerts.told.grew', { contract }),
        text: t(facts.positionSide === 'long' ? 'alerts.told.longsGrew' : 'alerts.told.shortsGrew', {
          price: formatClusterPrice(facts.price, priceDigits),
          before: formatUsd(facts.beforeUsd),
          usd: formatUsd(facts.usd),
          span: formatSpan(facts.windowMs),
        }),
      };
    default:
      return {
        title: t(facts.positionSide === 'long' ? 'alerts.told.ownLong' : 'alerts.told.ownShort', { contract }),
        text: t('alerts.told.ownAt', {
          price: formatPrice(facts.price, priceDigits),
          distance: formatDistance(facts.distance, 2),
        }),
      };
  }
}

/** More lines than these no system shows; the log has them all. */
const MOST_LINES = 4;

/** What one notification says of all that it tells, the nearest first. */
export function noticeWords(firings: readonly AlertFiring[]): { title: string; text: string } {
  const [first] = firings;
  if (firings.length === 1) return firingWords(first);
  return {
    title: t('alerts.told.nearCluster', { contract: contractWords(first.contractId), count: firings.length }),
    text: firings
      .slice(0, MOST_LINES)
      .map((firing) => firingWords(firing).text)
      .join('\n'),
  };
}
