import type { StakeStatus } from '../types.js';

/**
 * What the chain keeps under a key, as stored: flat, immutable, amounts in bigint. Addresses and keys are lower-case hex.
 * A record is replaced as a whole, never changed in place, so that a refused transaction can be undone.
 */
export interface RecordByKind {
  application: ApplicationRecord;
  node: NodeRecord;
  claim: ClaimRecord;
  parameter: ParameterRecord;
  basket: BasketRecord;
  backing: BackingRecord;
}
export type RecordKind = keyof RecordByKind;

/** Every kind, in the order in which the state hash takes them. */
export const RECORD_KINDS: readonly RecordKind[] = ['application', 'node', 'claim', 'parameter', 'basket', 'backing'];

/** Key: address. */
export interface ApplicationRecord {
  readonly publicKeyHex: string;
  readonly chains: readonly string[];
  /** All of the stake; equals the balance of account `application/<address>`. */
  readonly stakedUpokt: bigint;
  /** The part of it that others added. */
  readonly backedUpokt: bigint;
  readonly maxRelays: bigint;
  readonly status: StakeStatus;
  readonly jailed: boolean;
  readonly unstakingAtMs: number | null;
}

/** Key: address. */
export interface NodeRecord {
  readonly publicKeyHex: string;
  readonly chains: readonly string[];
  readonly serviceUrl: string;
  /** Equals the balance of account `node/<address>`. */
  readonly stakedUpokt: bigint;
  readonly status: StakeStatus;
  readonly jailed: boolean;
  readonly jailedSinceHeight: number | null;
  readonly jailedUntilMs: number | null;
  /** It asked to unstake and serves until the session ends. */
  readonly leaving: boolean;
  readonly unstakingAtMs: number | null;
  /** Empty: its own account. */
  readonly outputAddressHex: string;
  readonly rewardDelegators: Readonly<Record<string, number>> | null;
  readonly settlerPublicKeyHex: string | null;
}

/** Key: `claimKey`. */
export interface ClaimRecord {
  readonly node: string;
  readonly appPublicKeyHex: string;
  readonly chain: string;
  readonly sessionHeight: number;
  readonly headerHashHex: string;
  readonly rootHashHex: string;
  readonly rootUpper: bigint;
  readonly totalProofs: bigint;
  readonly evidenceType: 1 | 2;
  readonly expirationHeight: number;
}

/** Key: `module/Name`. */
export interface ParameterRecord {
  /** JSON text of the value. */
  readonly text: string;
}

/** Key: the basket's name. */
export interface BasketRecord {
  readonly owner: string;
  /** Ascending application addresses. */
  readonly members: readonly string[];
  /** Per member what of the basket's stake sits in it now, decimal uPOKT. The rest waits in account `basket/<name>`. */
  readonly allocated: Readonly<Record<string, string>>;
}

/** Key: running number. */
export interface BackingRecord {
  readonly backer: string;
  /** `application/<address>` or `basket/<name>`. */
  readonly target: string;
  readonly amountUpokt: bigint;
  readonly sinceHeight: number;
  readonly sinceMs: number;
  readonly untilHeight: number | null;
}

/** Which fields are bigint; JSON carries them as decimal strings. */
const BIGINT_FIELDS: Readonly<Record<RecordKind, readonly string[]>> = {
  application: ['stakedUpokt', 'backedUpokt', 'maxRelays'],
  node: ['stakedUpokt'],
  claim: ['rootUpper', 'totalProofs'],
  parameter: [],
  basket: [],
  backing: ['amountUpokt'],
};

/** A record as JSON text with sorted keys: the same record gives the same bytes, however it was made, so it can be hashed. */
export function encodeRecord(record: RecordByKind[RecordKind]): string {
  return JSON.stringify(record, (_key, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** The record of parsed JSON that `encodeRecord` wrote. */
export function decodeRecord<K extends RecordKind>(kind: K, json: unknown): RecordByKind[K] {
  const record: Record<string, unknown> = { ...(json as Record<string, unknown>) };
  for (const field of BIGINT_FIELDS[kind]) record[field] = BigInt(record[field] as string);
  return record as unknown as RecordByKind[K];
}

/** `<node address>/<header hash>/<evidence type>`: a second claim of the same three replaces the first. */
export function claimKey(nodeAddressHex: string, headerHashHex: string, evidenceType: number): string {
  return `${nodeAddressHex}/${headerHashHex}/${evidenceType}`;
}
