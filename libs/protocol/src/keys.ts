import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { bytesOfHex, requireHex } from './bytes.js';
import { DecodeError, PocketErrorCode, pocketError } from './errors.js';
import { sha256 } from './hashing.js';

/** DER around a raw ed25519 seed (RFC 8410, PKCS #8) and around a raw public key (SubjectPublicKeyInfo). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Size of an ed25519 signature, bytes. */
export const SIGNATURE_BYTES = 64;
/** Size of an ed25519 public key, bytes. */
export const PUBLIC_KEY_BYTES = 32;
/** Size of an address, bytes. */
export const ADDRESS_BYTES = 20;

/** An ed25519 key of an application, a client, a node or an account (section 1). */
export interface KeyPair {
  /** 64 lower-case hex digits. */
  readonly publicKeyHex: string;
  /** Seed followed by public key, 128 lower-case hex digits: pocket-core's private key format. A secret. */
  readonly privateKeyHex: string;
  /** 40 lower-case hex digits. */
  readonly addressHex: string;
  /** The same key in Node's form. A secret. */
  readonly privateKey: KeyObject;
}

/** The key pair of a 32-byte seed. Throws {@link DecodeError} for another length. */
export function keyPairFromSeed(seed: Uint8Array): KeyPair {
  if (seed.length !== 32) throw new DecodeError('a key seed must be 32 bytes');
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const publicKeyHex = spki.subarray(SPKI_PREFIX.length).toString('hex');
  const privateKeyHex = Buffer.from(seed).toString('hex') + publicKeyHex;
  const pair = { publicKeyHex, addressHex: addressOf(publicKeyHex) } as KeyPair;
  // Not enumerable: a key pair that ends up in a log line or a JSON answer must not show its secret.
  Object.defineProperty(pair, 'privateKeyHex', { value: privateKeyHex });
  Object.defineProperty(pair, 'privateKey', { value: privateKey });
  return Object.freeze(pair);
}

/** A fresh key pair from the operating system's random source. */
export function generateKeyPair(): KeyPair {
  return keyPairFromSeed(randomBytes(32));
}

/**
 * The key pair of pocket-core's 64-byte private key (128 hex digits of either case).
 * Throws {@link DecodeError} when it is malformed or its second half is not the public key of its first.
 */
export function keyPairFromPrivateKey(privateKeyHex: string): KeyPair {
  const bytes = requireHex(privateKeyHex, 64, 'a private key');
  const pair = keyPairFromSeed(bytes.subarray(0, 32));
  if (!timingSafeEqual(bytes.subarray(32), Buffer.from(pair.publicKeyHex, 'hex'))) {
    throw new DecodeError('the public half of a private key does not belong to its seed');
  }
  return pair;
}

/** Address of a public key: the first 20 bytes of its SHA-256, 40 lower-case hex digits. Throws {@link DecodeError}. */
export function addressOf(publicKeyHex: string): string {
  return sha256(requireHex(publicKeyHex, PUBLIC_KEY_BYTES, 'a public key')).toString('hex', 0, ADDRESS_BYTES);
}

/** RFC 8032 ed25519 signature over `message` itself (no pre-hash), 64 bytes. */
export function signBytes(key: KeyPair, message: Uint8Array): Buffer {
  return sign(null, message, key.privateKey);
}

/** Parsing a key costs as much as a verification; a session has 24 nodes and a gateway some thousand sessions. */
const KEY_CACHE_MAX = 8192;
const keyObjects = new Map<string, KeyObject>();

function publicKeyObject(publicKeyHex: string): KeyObject | null {
  const cached = keyObjects.get(publicKeyHex);
  if (cached !== undefined) return cached;
  const raw = publicKeyHex.length === 64 ? bytesOfHex(publicKeyHex) : null;
  if (raw === null) return null;
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
  if (keyObjects.size >= KEY_CACHE_MAX) {
    const oldest = keyObjects.keys().next();
    if (!oldest.done) keyObjects.delete(oldest.value);
  }
  keyObjects.set(publicKeyHex, key);
  return key;
}

/**
 * Whether `signature` is the key's ed25519 signature over `message`. False, never an error, for malformed keys,
 * signatures of another length and signatures with S at or above the group order.
 */
export function verifySignature(publicKeyHex: string, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  const key = publicKeyObject(publicKeyHex);
  if (key === null) return false;
  try {
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
}

/** pocket-core's format check of a public key: throws code 6 (not hex) or 42 (not 32 bytes). */
export function checkPublicKey(publicKeyHex: string): void {
  const bytes = bytesOfHex(publicKeyHex);
  if (bytes === null) throw pocketError(PocketErrorCode.publicKeyDecode);
  if (bytes.length !== PUBLIC_KEY_BYTES) throw pocketError(PocketErrorCode.publicKeyLength);
}

/** pocket-core's signature check over hex texts: throws 39, 38, 6 or 41, in this order (section 5.6 no. 16). */
export function checkSignature(publicKeyHex: string, message: Uint8Array, signatureHex: string): void {
  const signature = bytesOfHex(signatureHex);
  if (signature === null) throw pocketError(PocketErrorCode.signatureDecode);
  if (signature.length !== SIGNATURE_BYTES) throw pocketError(PocketErrorCode.signatureLength);
  const key = bytesOfHex(publicKeyHex);
  if (key?.length !== PUBLIC_KEY_BYTES) throw pocketError(PocketErrorCode.publicKeyDecode);
  if (!verifySignature(publicKeyHex, message, signature)) throw pocketError(PocketErrorCode.invalidSignature);
}

/** pocket-core's format check of a hash or chain id: throws 52 (not hex), 23 (empty) or 62 (length). */
export function checkHash(hash: string, isLengthAllowed: (bytes: number) => boolean = (bytes) => bytes === 32): void {
  const bytes = bytesOfHex(hash);
  if (bytes === null) throw pocketError(PocketErrorCode.hexDecode, goHexError(hash));
  if (bytes.length === 0) throw pocketError(PocketErrorCode.emptyHash);
  if (!isLengthAllowed(bytes.length)) throw pocketError(PocketErrorCode.invalidHashLength);
}

/** What Go's hex decoder says about a text that is not hex. */
export function goHexError(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  const wrong = bytes.find((byte) => !/[0-9a-fA-F]/.test(String.fromCharCode(byte)));
  if (wrong === undefined) return 'encoding/hex: odd length hex string';
  const hex = wrong.toString(16).toUpperCase().padStart(4, '0');
  const printable = (wrong >= 0x20 && wrong < 0x7f) || wrong >= 0xa1;
  return `encoding/hex: invalid byte: U+${hex}${printable ? ` '${String.fromCharCode(wrong)}'` : ''}`;
}
