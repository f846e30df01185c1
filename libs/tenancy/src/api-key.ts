import { createHmac, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const PREFIX_LENGTH = 11;
const SHAPE = /^(?:pk|st|iv|rt|sc)_[0-9A-Za-z]{32}_[0-9A-Za-z]{6}$/;

/**
 * `pk`: a tenant's API key for relays. For the admin API: `st` a service token, `iv` an invitation, `rt` a refresh token, `sc` a
 * sign-in code.
 */
export type KeyKind = 'pk' | 'st' | 'iv' | 'rt' | 'sc';

/** A newly made key: the only moment at which its text exists on our side. */
export interface IssuedKey {
  /** `pk_<32 base62>_<6 base62 checksum>`, 190 random bits; `st_…` for a service token. */
  readonly key: string;
  /** The first characters, kept so that people recognise a key in a list; eight of 32 random characters, useless to guess the rest. */
  readonly prefix: string;
}

/** A key whose shape and checksum are right; whether it exists is another question. */
export interface ParsedKey {
  readonly key: string;
  readonly prefix: string;
}

/** Makes a key. `random` must give cryptographically strong bytes. */
export function issueKey(random: (size: number) => Uint8Array = randomBytes, kind: KeyKind = 'pk'): IssuedKey {
  const body = `${kind}_${base62Text(RANDOM_LENGTH, random)}`;
  return { key: `${body}_${checksum(body)}`, prefix: body.slice(0, PREFIX_LENGTH) };
}

/**
 * Tells a typo from a key: `'malformed'` when the shape or the CRC-32 checksum is wrong, which costs no look-up.
 * The checksum detects accidents only; it is no protection, the 190 random bits are.
 */
export function parseKey(text: string, kind: KeyKind = 'pk'): 'malformed' | ParsedKey {
  if (!SHAPE.test(text) || !text.startsWith(kind)) return 'malformed';
  const body = text.slice(0, 3 + RANDOM_LENGTH);
  if (text.slice(-CHECKSUM_LENGTH) !== checksum(body)) return 'malformed';
  return { key: text, prefix: body.slice(0, PREFIX_LENGTH) };
}

/** What is stored instead of a key or a service token: HMAC-SHA-256 under the server's pepper, 32 bytes. */
export function hashSecret(secret: string, pepper: string): Buffer {
  return createHmac('sha256', pepper).update(secret).digest();
}

/** `length` base62 characters, each equally likely: bytes past the last multiple of 62 are thrown away. */
export function base62Text(length: number, random: (size: number) => Uint8Array = randomBytes): string {
  let text = '';
  while (text.length < length) {
    for (const byte of random(length + 8)) {
      if (byte < 248 && text.length < length) text += ALPHABET.charAt(byte % 62);
    }
  }
  return text;
}

function checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let position = 0; position < CHECKSUM_LENGTH; position += 1) {
    text = ALPHABET.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}
