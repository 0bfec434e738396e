import * as z from 'zod/mini';

import { numberWithin, textWithin, wholeWithin } from '@/lib/core/checks';
import { MINUTE_MS } from '@/lib/core/time';
import { alertRuleCheck, quietHoursCheck } from '@/lib/market/alert-check';
import { contractIdCheck as contractId, ownPositionCheck } from '@/lib/market/own-position-check';

import { WATCH_DETAILS, type ClientMessage } from './protocol';

const key = textWithin(1, 100);
const name = textWithin(0, 200);
const detail = z.enum(WATCH_DETAILS);

const whole = wholeWithin(-Infinity, Infinity);

/** More than anybody reads. */
const MOST_MARKETS = 200;

const CLIENT_MESSAGE = z.union([
  z.object({
    type: z.literal('watch'),
    key,
    detail,
    symbol: z.object({
      raw: name,
      exchange: z.nullable(textWithin(1, 200)),
      pair: name,
      kind: z.enum(['perpetual', 'spot', 'index', 'dated']),
      site: z.optional(name),
    }),
  }),
  z.object({ type: z.literal('watch-tab'), key, detail, tabId: whole }),
  z.object({ type: z.literal('watch-contract'), key, detail, contractId }),
  z.object({ type: z.literal('watch-liquidations'), key, minUsd: numberWithin(0, Infinity) }),
  z.object({
    type: z.literal('watch-report'),
    key,
    marketIds: z.nullable(z.array(name).check(z.refine((list) => list.length <= MOST_MARKETS))),
  }),
  z.object({ type: z.literal('watch-positions'), key }),
  z.object({ type: z.literal('save-position'), position: ownPositionCheck }),
  z.object({ type: z.literal('remove-position'), positionId: name }),
  z.object({ type: z.literal('watch-alerts'), key }),
  z.object({ type: z.literal('save-rule'), rule: alertRuleCheck }),
  z.object({ type: z.literal('remove-rule'), ruleId: name }),
  z.object({ type: z.literal('set-quiet'), quiet: quietHoursCheck }),
  z.object({ type: z.literal('watch-diagnostics'), key }),
  z.object({ type: z.literal('unwatch'), key }),
  z.object({
    type: z.literal('read-history'),
    watchKey: key,
    fromMs: whole,
    toMs: whole,
    stepMs: wholeWithin(MINUTE_MS, Infinity),
  }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('reset-learning'), contractId }),
  z.object({ type: z.literal('list-contracts') }),
]);

/**
 * The message, without fields that are not its own; null for anything else. A content script lives in the renderer
 * of a page that may be hostile, so the background believes nothing it says.
 */
export function parseClientMessage(message: unknown): ClientMessage | null {
  const parsed = CLIENT_MESSAGE.safeParse(message);
  return parsed.success ? parsed.data : null;
}
