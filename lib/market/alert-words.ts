import { formatAge, formatClusterPrice, formatDistance, formatPrice, formatShare, formatUsd } from '@/lib/core/format';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/core/time';

import type { AlertCondition, AlertFiring } from './alert';
import { venueIdOf, type ContractId } from './contract';
import { venueName } from './venue-facts';

/** `5m`, `1h`, `24h`. */
export const spanWords = (ms: number): string =>
  ms < HOUR_MS ? `${ms / MINUTE_MS}m` : ms <= DAY_MS ? `${ms / HOUR_MS}h` : formatAge(ms);

/** `BTCUSDT, Binance`. */
export const contractWords = (id: ContractId): string =>
  `${id.slice(id.indexOf(':') + 1)}, ${venueName(venueIdOf(id))}`;

/** What a rule waits for. */
export function conditionWords(condition: AlertCondition): string {
  switch (condition.kind) {
    case 'near-cluster':
      return `Price within ${formatShare(condition.within)} of a cluster above ${formatUsd(condition.leastUsd)}`;
    case 'liquidated':
      return `More than ${formatUsd(condition.leastUsd)} liquidated in ${spanWords(condition.windowMs)}`;
    case 'cluster-grows': {
      const by = condition.unit === 'usd' ? formatUsd(condition.by) : formatShare(condition.by);
      return `A cluster above ${formatUsd(condition.leastUsd)} grew by ${by} in ${spanWords(condition.windowMs)}`;
    }
    default:
      return `Price within ${formatShare(condition.within)} of your liquidation price`;
  }
}

/** What happened: a title and a sentence. */
export function firingWords({ contractId, priceDigits, facts }: AlertFiring): { title: string; text: string } {
  const name = contractWords(contractId);
  switch (facts.kind) {
    case 'near-cluster':
      return {
        title: `${name}: near a cluster`,
        text: `${formatUsd(facts.usd)} of ${facts.positionSide}s at ${formatClusterPrice(facts.price, priceDigits)}, ${formatDistance(facts.distance, 2)} away`,
      };
    case 'liquidated':
      return {
        title: `${name}: liquidations`,
        text: `${formatUsd(facts.longUsd + facts.shortUsd)} in ${spanWords(facts.windowMs)}, all venues: longs ${formatUsd(facts.longUsd)}, shorts ${formatUsd(facts.shortUsd)}`,
      };
    case 'cluster-grows':
      return {
        title: `${name}: a cluster grew`,
        text: `${facts.positionSide === 'long' ? 'Longs' : 'Shorts'} at ${formatClusterPrice(facts.price, priceDigits)}: ${formatUsd(facts.beforeUsd)} to ${formatUsd(facts.usd)} in ${spanWords(facts.windowMs)}`,
      };
    default:
      return {
        title: `${name}: your ${facts.positionSide} is near its liquidation price`,
        text: `${formatPrice(facts.price, priceDigits)}, ${formatDistance(facts.distance, 2)} away`,
      };
  }
}
