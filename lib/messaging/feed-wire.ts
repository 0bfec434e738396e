import type { Profile, UsdBins } from '@/lib/market/profile';

import { cutProfile } from './cut-profile';
import type { ServerMessage } from './protocol';

/*
 * Ports clone typed arrays in Firefox and in Chrome from 148 on (manifest key `message_serialization`). Older Chrome
 * sends JSON, where a Float32Array becomes an object of numbered fields and NaN becomes null. The client's first
 * message carries an array as a probe: what arrives of it tells the server which of the two it has.
 */
export type Encoding = 'clone' | 'json';

interface Hello {
  readonly type: 'hello';
  readonly probe: Float32Array;
}

interface JsonProfile extends Omit<Profile, 'long' | 'short' | 'groups'> {
  readonly long: string;
  readonly short: string;
  readonly groups: readonly string[] | undefined;
}

export const createHello = (): Hello => ({ type: 'hello', probe: new Float32Array(1) });

/** How to talk to whoever sent this first message; null where it is no greeting. */
export function encodingFromHello(message: unknown): Encoding | null {
  if (!isMessage(message) || message.type !== 'hello') return null;
  return ArrayBuffer.isView((message as { probe?: unknown }).probe) ? 'clone' : 'json';
}

/** The form in which a message can be posted; profiles are cut to what a chart can show. */
export function encodeServerMessage(message: ServerMessage, encoding: Encoding): unknown {
  if (message.type !== 'profile') return message;
  const profile = cutProfile(message.profile);
  return { ...message, profile: encoding === 'clone' ? profile : jsonFromProfile(profile) };
}

/** The message that was sent; null for anything else. The background has checked what is inside. */
export function decodeServerMessage(wire: unknown): ServerMessage | null {
  if (!isMessage(wire)) return null;
  const message = wire as ServerMessage;
  if (message.type !== 'profile') return message;
  const profile = message.profile as Profile | JsonProfile;
  return { ...message, profile: isJsonProfile(profile) ? profileFromJson(profile) : profile };
}

const isMessage = (value: unknown): value is { readonly type: string } =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const isJsonProfile = (profile: Profile | JsonProfile): profile is JsonProfile => typeof profile.long === 'string';

const jsonFromProfile = (profile: Profile): JsonProfile => ({
  ...profile,
  long: base64FromBins(profile.long),
  short: base64FromBins(profile.short),
  groups: profile.groups?.map(base64FromBins),
});

const profileFromJson = (profile: JsonProfile): Profile => ({
  ...profile,
  lastPrice: profile.lastPrice ?? NaN,
  openInterestUsd: profile.openInterestUsd ?? NaN,
  unlocatedShare: profile.unlocatedShare ?? NaN,
  long: binsFromBase64(profile.long),
  short: binsFromBase64(profile.short),
  groups: profile.groups?.map(binsFromBase64),
});

function base64FromBins(bins: UsdBins): string {
  const bytes = new Uint8Array(Float64Array.from(bins).buffer);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function binsFromBase64(base64: string): Float64Array {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Float64Array(bytes.buffer);
}
