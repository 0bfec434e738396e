import {
  formatClusterPrice,
  formatDistance,
  formatPrice,
  formatSpan,
  formatUsd,
  formatUsdRange,
  NOTHING,
} from '@/lib/core/format';
import { writeTime } from '@/lib/core/locale';
import { digitsOfTick } from '@/lib/core/num';
import type { AlertFiring } from '@/lib/market/alert';
import type { OwnPositionRow } from '@/lib/market/own-position';
import type { ServerMessage } from '@/lib/messaging/protocol';
import english from '@/public/words/en.json';

import type { Panels } from './shown';

/** What the background last told a page of the user's own. */
export interface OwnTold {
  readonly positions?: Extract<ServerMessage, { type: 'positions' }>;
  readonly alerts?: Extract<ServerMessage, { type: 'alerts' }>;
}

/** An English text with its figures filled in. */
function fill(key: keyof typeof english, params: Readonly<Record<string, string>>): string {
  const phrase = english[key];
  if (typeof phrase !== 'string') throw new Error(`${key} has plural forms`);
  return phrase.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name]);
}

/** The user's own positions. */
export function positionsPanels({ positions }: OwnTold): Panels {
  if (positions === undefined) return {};
  const known = positions.rows.filter(
    (row): row is OwnPositionRow & { liquidationPrice: number; markPrice: number } =>
      row.liquidationPrice !== null && row.markPrice !== null,
  );
  // Every one of them has both on this stage.
  if (known.length < positions.rows.length) return {};
  const digits = ({ contract }: OwnPositionRow) => digitsOfTick(contract?.tickSize ?? NaN);
  return {
    '.own-table td:nth-child(3) strong': known.map(
      (row) =>
        formatPrice(row.liquidationPrice, digits(row)) +
        (row.tiersSource === 'bundled' ? ` ${english['positions.bundled']}` : ''),
    ),
    '.own-table td:nth-child(4)': known.map(({ liquidationPrice, markPrice }) =>
      formatDistance(liquidationPrice / markPrice - 1, 2),
    ),
    '.own-table td:nth-child(5)': known.map(({ between }) => (between === null ? NOTHING : formatUsd(between.usd))),
    '.own-table td:nth-child(5)@title': known.map(({ between }) =>
      between === null ? english['positions.othersUnknown'] : formatUsdRange(between.range),
    ),
    '.own-table td:nth-child(7)': known.map((row) => formatPrice(row.position.entryPrice, digits(row))),
    '.own-table td:nth-child(9)': known.map((row) => formatPrice(row.markPrice, digits(row))),
  };
}

/** What was told, figure by figure. */
function firingText({ facts, priceDigits }: AlertFiring): string {
  switch (facts.kind) {
    case 'near-cluster':
      return fill(facts.positionSide === 'long' ? 'alerts.told.longsAt' : 'alerts.told.shortsAt', {
        usd: formatUsd(facts.usd),
        price: formatClusterPrice(facts.price, priceDigits),
        distance: formatDistance(facts.distance, 2),
      });
    case 'liquidated':
      return fill('alerts.told.liquidatedSums', {
        usd: formatUsd(facts.longUsd + facts.shortUsd),
        span: formatSpan(facts.windowMs),
        longs: formatUsd(facts.longUsd),
        shorts: formatUsd(facts.shortUsd),
      });
    case 'own-liquidation':
      return fill('alerts.told.ownAt', {
        price: formatPrice(facts.price, priceDigits),
        distance: formatDistance(facts.distance, 2),
      });
    default:
      throw new Error(`${facts.kind} is told on no stage of these tests`);
  }
}

const STYLE = { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' } as const;

/** Rules with when they last told something, and the log. */
export function alertsPanels({ alerts }: OwnTold): Panels {
  if (alerts === undefined || alerts.log.length === 0) return {};
  const { rules, log } = alerts;
  return {
    '.own-table [role="switch"]@aria-checked': rules.map(({ isOn }) => String(isOn)),
    '.own-table td:nth-child(4)': rules.map(({ cooldownMs }) => formatSpan(cooldownMs)),
    '.own-table td:nth-child(5)': rules.map(({ id }) => {
      const last = log.find(({ ruleId }) => ruleId === id);
      return last === undefined ? NOTHING : writeTime(last.atMs, STYLE);
    }),
    '.alert-log time': log.map(({ atMs }) => writeTime(atMs, STYLE)),
    '.alert-log li > span': log.map(firingText),
  };
}
