import { requireHeight, requireHex, uint64BEModulo } from './bytes.js';
import { DecodeError, PocketErrorCode, pocketError } from './errors.js';
import { goString } from './go-json.js';
import { sha3, sha3Hex } from './hashing.js';

/** What identifies a session (section 4.2), in wire names. */
export interface SessionHeader {
  /** Application public key, 64 lower-case hex digits. */
  readonly app_public_key: string;
  /** Relay chain id, compared as a string. */
  readonly chain: string;
  /** First block of the session. */
  readonly session_height: number;
}

/** First height of the session that contains `height` (section 4.1). Throws {@link DecodeError} for unsafe integers. */
export function sessionStartHeight(height: number, blocksPerSession: number): number {
  requireHeight(height, 'a height');
  requireHeight(blocksPerSession, 'blocks per session', 1);
  const inSession = height % blocksPerSession;
  return inSession === 0 ? height - blocksPerSession + 1 : height - inSession + 1;
}

/** Last height of the session that starts at `sessionHeight`. */
export function sessionEndHeight(sessionHeight: number, blocksPerSession: number): number {
  return (
    requireHeight(sessionHeight, 'a session height') + requireHeight(blocksPerSession, 'blocks per session', 1) - 1
  );
}

/** The bytes a header's hash covers. */
export function sessionHeaderPreimage(header: SessionHeader): string {
  const height = requireHeight(header.session_height, 'a session height', Number.MIN_SAFE_INTEGER);
  return `{"app_public_key":${goString(header.app_public_key)},"chain":${goString(header.chain)},"session_height":${height}}`;
}

/** Hash of a session header, 64 hex digits. */
export function sessionHeaderHashHex(header: SessionHeader): string {
  return sha3Hex(sessionHeaderPreimage(header));
}

/** The bytes a session key is the hash of. The third name really is `blockchain`. */
export function sessionKeyPreimage(appPublicKeyHex: string, chain: string, blockHashHex: string): string {
  return `{"app_pub_key":${goString(appPublicKeyHex)},"chain":${goString(chain)},"blockchain":${goString(blockHashHex)}}`;
}

/**
 * Key of the session of an application on a chain (section 4.4), 64 hex digits.
 * @param blockHashHex of {@link sessionBlockHashHex}: 64 lower-case hex digits; nothing is normalised.
 */
export function sessionKeyHex(appPublicKeyHex: string, chain: string, blockHashHex: string): string {
  return sha3Hex(sessionKeyPreimage(appPublicKeyHex, chain, blockHashHex));
}

/** One step of the draw: the key it was made with and the candidate's index. */
export interface SessionDraw {
  readonly keyHex: string;
  readonly index: number;
}

/** The endless chain of draws from a session key over `candidateCount` candidates, repetitions included (section 4.5). */
export function* sessionDraws(sessionKeyHex: string, candidateCount: number): Generator<SessionDraw, never> {
  let key = requireHex(sessionKeyHex, 32, 'a session key');
  requireHeight(candidateCount, 'the number of candidates', 1);
  for (;;) {
    yield { keyHex: key.toString('hex'), index: uint64BEModulo(key, candidateCount) };
    key = sha3(key);
  }
}

/**
 * Draws the nodes of a session, in selection order (section 4.5).
 *
 * - `candidates`: all nodes staked for the chain at the session height, ascending by address bytes, jailed ones included
 *   (see {@link sortByAddress}); they are not copied or changed.
 * - `isEligible` answers for the *current* state: not jailed, still staked for the chain, within the chain limit. It is
 *   asked at most once for each candidate.
 * - Throws code 17 when fewer than `count` are candidates or eligible.
 */
export function drawSessionNodes<T>(o: {
  readonly sessionKeyHex: string;
  readonly candidates: readonly T[];
  readonly count: number;
  isEligible(candidate: T): boolean;
}): T[] {
  const { candidates } = o;
  const total = candidates.length;
  let key = requireHex(o.sessionKeyHex, 32, 'a session key');
  requireHeight(o.count, 'the number of session nodes');
  if (total < o.count) throw pocketError(PocketErrorCode.insufficientNodes);
  const isDrawn = new Uint8Array(total);
  const selected: T[] = [];
  let drawnCount = 0;
  while (selected.length < o.count) {
    if (drawnCount === total) throw pocketError(PocketErrorCode.insufficientNodes);
    const index = uint64BEModulo(key, total);
    key = sha3(key);
    if (isDrawn[index] === 1) continue;
    isDrawn[index] = 1;
    drawnCount += 1;
    const candidate = candidates[index] as T;
    if (o.isEligible(candidate)) selected.push(candidate);
  }
  return selected;
}

/** The candidates' order: ascending by the 20 address bytes. Returns a new array; throws {@link DecodeError} for a malformed address. */
export function sortByAddress<T>(candidates: readonly T[], addressHexOf: (candidate: T) => string): T[] {
  return candidates
    .map((candidate) => {
      const address = addressHexOf(candidate).toLowerCase();
      if (!/^[0-9a-f]{40}$/.test(address)) throw new DecodeError('an address must be 20 bytes as hex');
      return { address, candidate };
    })
    .sort((left, right) => (left.address < right.address ? -1 : left.address > right.address ? 1 : 0))
    .map(({ candidate }) => candidate);
}
