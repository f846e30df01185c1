import { DecodeError, PocketErrorCode, ProtocolError, pocketError } from './errors.js';
import { goString } from './go-json.js';
import { sha3, sha3Hex } from './hashing.js';
import { checkPublicKey, checkSignature, type KeyPair, signBytes } from './keys.js';
import { requireHex } from './bytes.js';

/** The only version of an AAT that exists. */
export const AAT_VERSION = '0.0.1';

/** Application authentication token in its wire names (section 2): the application lets a client key spend its relays. */
export interface Aat {
  readonly version: string;
  /** Application public key, 64 lower-case hex digits. */
  readonly app_pub_key: string;
  /** Client public key, 64 lower-case hex digits; a gateway's own key. */
  readonly client_pub_key: string;
  /** The application's signature over the hash of the first three fields, 128 hex digits. */
  readonly signature: string;
}

/** The bytes an AAT's hash covers: the four fields with an empty signature. Not normalised: upper-case hex hashes otherwise. */
export function aatPreimage(aat: Aat): string {
  return `{"version":${goString(aat.version)},"app_pub_key":${goString(aat.app_pub_key)},"client_pub_key":${goString(aat.client_pub_key)},"signature":""}`;
}

/** Hash of an AAT, 64 hex digits: what the application signs (as 32 bytes) and what a relay proof calls `token`. */
export function aatHashHex(aat: Aat): string {
  return sha3Hex(aatPreimage(aat));
}

/**
 * Makes the AAT by which `application` lets `clientPublicKeyHex` (64 hex digits, made lower case) spend its relays.
 * It never expires; it ends with the application's stake. Throws {@link DecodeError} for a malformed client key.
 */
export function makeAat(application: KeyPair, clientPublicKeyHex: string): Aat {
  const client = requireHex(clientPublicKeyHex, 32, 'a client public key').toString('hex');
  const unsigned: Aat = {
    version: AAT_VERSION,
    app_pub_key: application.publicKeyHex,
    client_pub_key: client,
    signature: '',
  };
  return Object.freeze({ ...unsigned, signature: signBytes(application, sha3(aatPreimage(unsigned))).toString('hex') });
}

/** pocket-core's checks in its order. Throws code 4 with the reason after `… is invalid : `. */
export function checkAat(aat: Aat): void {
  if (aat.version === '') throw invalidAat('the application authentication token version is missing');
  if (aat.version !== AAT_VERSION) throw invalidAat('the application authentication token version is not supported');
  if (aat.app_pub_key === '') throw invalidAat('the applicaiton public key included in the AAT is not valid');
  reasonOf(() => checkPublicKey(aat.app_pub_key));
  if (aat.client_pub_key === '') throw invalidAat('the client public key included in the AAT is not valid');
  reasonOf(() => checkPublicKey(aat.client_pub_key));
  try {
    checkSignature(aat.app_pub_key, sha3(aatPreimage(aat)), aat.signature);
  } catch {
    throw invalidAat('the application signature on the AAT is not valid');
  }
}

function invalidAat(reason: string): ProtocolError {
  return pocketError(PocketErrorCode.invalidToken, ` : ${reason}`);
}

/** An error of the key check is embedded as its whole text, codespace and code included, as pocket-core does. */
function reasonOf(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw invalidAat(
      `ERROR:\nCodespace: ${error.codespace}\nCode: ${error.code}\nMessage: ${JSON.stringify(error.message)}\n`,
    );
  }
}

/** The JSON form of npm `@pokt-network/aat-js`, whose names are not the wire's (section 2, quirks). */
export function aatJsJson(aat: Aat): string {
  return JSON.stringify({
    version: aat.version,
    clientPublicKey: aat.client_pub_key,
    applicationPublicKey: aat.app_pub_key,
    applicationSignature: aat.signature,
  });
}

/**
 * An AAT from parsed JSON in wire names or in the names of `@pokt-network/aat-js`. Checks types only, see {@link checkAat}.
 * Throws {@link DecodeError}.
 */
export function aatFromJson(value: unknown): Aat {
  if (typeof value !== 'object' || value === null) throw new DecodeError('an AAT must be an object');
  const source = value as Record<string, unknown>;
  const text = (...names: readonly string[]): string => {
    for (const name of names) {
      const found = source[name];
      if (typeof found === 'string') return found;
    }
    throw new DecodeError(`an AAT needs the text field ${names[0] ?? ''}`);
  };
  return Object.freeze({
    version: text('version'),
    app_pub_key: text('app_pub_key', 'applicationPublicKey'),
    client_pub_key: text('client_pub_key', 'clientPublicKey'),
    signature: text('signature', 'applicationSignature'),
  });
}
