import type { Profile, UsdBins } from '@/lib/market/profile';

import type { ServerMessage } from './protocol';

/** What the client answers to every message once it has it. */
export const TAKEN = 0;

/**
 * The message as it was sent. Ports clone typed arrays in Firefox and in Chrome from 148 on (manifest key `message_serialization`).
 * Older Chrome sends JSON, where an array becomes an object of numbered fields and NaN becomes null.
 */
export function messageFromWire(wire: unknown): ServerMessage {
  const message = wire as ServerMessage;
  if (message.type !== 'profile' || ArrayBuffer.isView(message.profile.long)) return message;
  const { profile } = message;
  return {
    ...message,
    profile: {
      ...profile,
      lastPrice: profile.lastPrice ?? NaN,
      openInterestUsd: profile.openInterestUsd ?? NaN,
      unlocatedShare: profile.unlocatedShare ?? NaN,
      long: binsFromFields(profile.long),
      short: binsFromFields(profile.short),
      groups: profile.groups?.map(binsFromFields),
    },
  };
}

/** Numbered fields are in order. */
const binsFromFields = (fields: UsdBins): Profile['long'] => Float64Array.from(Object.values(fields));
