import { type SqlExecutor, inTransaction } from '#libs/persistence';
import type { DataSource } from 'typeorm';
import { priceSession } from './price-session.js';
import { type NodeSessionKey, type SessionKey, sessionCondition, sessionParameters } from './session.js';

/**
 * Where a node's part of a session stands.
 * - `open`: receipts are collected; the ledger holds no claim.
 * - `claiming`: a claim was written down and handed in; the ledger is not known to hold it.
 * - `claimed`: the ledger holds the claim (`claim…`); a larger one may be on its way (`pending…`).
 * - `proving`: the proof was written down and handed in.
 * - `settled`: the proof was accepted and the node was paid. Final.
 * - `unpaid`: the session is over and nothing was paid, for `reason`. Final.
 */
export type SettlementState = 'open' | 'claiming' | 'claimed' | 'proving' | 'settled' | 'unpaid';

/** One row of `metering.settlements`. */
export interface SettlementRow extends NodeSessionKey {
  readonly applicationId: string;
  readonly state: SettlementState;
  readonly reason: string | null;
  /** Receipts stored for this node in this session. */
  readonly receipts: bigint;
  /** Of these: the node's signature is wrong. */
  readonly invalidReceipts: bigint;
  /** Of these: the node's signature was checked, by the gateway or later; known when the tree was made. */
  readonly verifiedReceipts: bigint;
  /** The smallest share that was verified of a chunk in the tree, 0..1; null before the first tree. */
  readonly verifyShare: number | null;
  /** Of these: a copy of another receipt. */
  readonly duplicateReceipts: bigint;
  /** Of these: beyond what the application's stake allows a node in a session; never claimed. */
  readonly overServiceReceipts: bigint;
  /** Of these: stored too late for the claim that counts. */
  readonly lateReceipts: bigint;
  /** Of these: valid and in time, yet not paid. */
  readonly unprovenReceipts: bigint;
  /** Receipts that the last tree was made from, the excluded ones included. */
  readonly examinedReceipts: bigint;
  /** The attempt whose chunks the last tree covered; 0 before the first. */
  readonly builtAttempt: number;
  readonly pendingAttempt: number | null;
  readonly pendingProofs: bigint | null;
  readonly pendingRootHash: Buffer | null;
  readonly pendingRootUpper: bigint | null;
  readonly pendingTx: Buffer | null;
  readonly pendingTxHash: string | null;
  readonly pendingSubmittedHeight: number | null;
  readonly claimAttempt: number | null;
  readonly claimProofs: bigint | null;
  readonly claimRootHash: Buffer | null;
  readonly claimRootUpper: bigint | null;
  readonly claimTxHash: string | null;
  readonly claimHeight: number | null;
  readonly leafIndex: number | null;
  readonly proofTx: Buffer | null;
  readonly proofTxHash: string | null;
  readonly proofSubmittedHeight: number | null;
  readonly proofHeight: number | null;
  /** Everything the proof minted: the node's part, the DAO's and the proposer's. */
  readonly mintedUpokt: bigint;
  readonly nodeUpokt: bigint;
  /** Grows with each change; {@link updateSettlement} writes only over the version it was given. */
  readonly version: number;
}

/** What {@link updateSettlement} may change. */
export type SettlementChange = Partial<
  Omit<SettlementRow, keyof NodeSessionKey | 'applicationId' | 'receipts' | 'version'>
>;

/** Another worker changed the row since it was read; the next tick reads it anew. */
export class SettlementChangedError extends Error {
  override readonly name = 'SettlementChangedError';
}

type Kind = 'text' | 'integer' | 'number' | 'count' | 'bytes';

const COLUMNS: Readonly<Record<keyof SettlementRow, readonly [column: string, kind: Kind]>> = {
  applicationPublicKeyHex: ['application_public_key', 'text'],
  chain: ['chain', 'text'],
  sessionHeight: ['session_height', 'integer'],
  nodePublicKeyHex: ['node_public_key', 'text'],
  applicationId: ['application_id', 'text'],
  state: ['state', 'text'],
  reason: ['reason', 'text'],
  receipts: ['receipts', 'count'],
  invalidReceipts: ['invalid_receipts', 'count'],
  verifiedReceipts: ['verified_receipts', 'count'],
  verifyShare: ['verify_share', 'number'],
  duplicateReceipts: ['duplicate_receipts', 'count'],
  overServiceReceipts: ['over_service_receipts', 'count'],
  lateReceipts: ['late_receipts', 'count'],
  unprovenReceipts: ['unproven_receipts', 'count'],
  examinedReceipts: ['examined_receipts', 'count'],
  builtAttempt: ['built_attempt', 'integer'],
  pendingAttempt: ['pending_attempt', 'integer'],
  pendingProofs: ['pending_proofs', 'count'],
  pendingRootHash: ['pending_root_hash', 'bytes'],
  pendingRootUpper: ['pending_root_upper', 'count'],
  pendingTx: ['pending_tx', 'bytes'],
  pendingTxHash: ['pending_tx_hash', 'text'],
  pendingSubmittedHeight: ['pending_submitted_height', 'integer'],
  claimAttempt: ['claim_attempt', 'integer'],
  claimProofs: ['claim_proofs', 'count'],
  claimRootHash: ['claim_root_hash', 'bytes'],
  claimRootUpper: ['claim_root_upper', 'count'],
  claimTxHash: ['claim_tx_hash', 'text'],
  claimHeight: ['claim_height', 'integer'],
  leafIndex: ['leaf_index', 'integer'],
  proofTx: ['proof_tx', 'bytes'],
  proofTxHash: ['proof_tx_hash', 'text'],
  proofSubmittedHeight: ['proof_submitted_height', 'integer'],
  proofHeight: ['proof_height', 'integer'],
  mintedUpokt: ['minted_upokt', 'count'],
  nodeUpokt: ['node_upokt', 'count'],
  version: ['version', 'integer'],
};

const FIELDS = Object.keys(COLUMNS) as Array<keyof SettlementRow>;

/** The select list of {@link toSettlementRow}, over the alias `m`. */
export const SETTLEMENT_COLUMNS = FIELDS.map((field) => `m.${COLUMNS[field][0]} AS "${field}"`).join(', ');

/** Reads a row selected with {@link SETTLEMENT_COLUMNS}: PostgreSQL's bigint and numeric arrive as text. */
export function toSettlementRow(raw: Readonly<Record<string, unknown>>): SettlementRow {
  return Object.fromEntries(
    FIELDS.map((field) => [field, read(raw[field], COLUMNS[field][1])]),
  ) as unknown as SettlementRow;
}

function read(value: unknown, kind: Kind): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'integer' || kind === 'number') return Number(value);
  return kind === 'count' ? BigInt(value as string) : value;
}

/** Whether nothing more will happen to the row by itself. */
export function isFinal(row: SettlementRow): boolean {
  return row.state === 'settled' || row.state === 'unpaid';
}

/**
 * Makes sure that every node of the session that has receipts has a row with their current count, and returns all rows by node key.
 * Receipts that arrive for a finished row are late; they are added to its `lateReceipts` in the same statement.
 */
export async function refreshSettlements(sql: SqlExecutor, session: SessionKey): Promise<SettlementRow[]> {
  await sql.query(
    `INSERT INTO metering.settlements AS m
       (application_public_key, chain, session_height, node_public_key, application_id, receipts)
     SELECT t.application_public_key, t.chain, t.session_height, t.node_public_key, s.application_id, t.receipts
     FROM metering.session_tallies t
     JOIN metering.sessions s USING (application_public_key, chain, session_height)
     WHERE ${sessionCondition('t')}
     ORDER BY t.node_public_key
     ON CONFLICT (application_public_key, chain, session_height, node_public_key) DO UPDATE SET
       receipts = excluded.receipts,
       late_receipts = m.late_receipts
         + CASE WHEN m.state IN ('settled', 'unpaid') THEN excluded.receipts - m.receipts ELSE 0 END,
       version = m.version + 1,
       updated_at = now()
     WHERE m.receipts < excluded.receipts`,
    sessionParameters(session),
  );
  const rows = await sql.query<Array<Record<string, unknown>>>(
    `SELECT ${SETTLEMENT_COLUMNS} FROM metering.settlements m WHERE ${sessionCondition('m')} ORDER BY m.node_public_key`,
    sessionParameters(session),
  );
  return rows.map(toSettlementRow);
}

/**
 * Writes `change` over exactly the version of `row` and returns the row as it now is.
 * @throws SettlementChangedError when another worker was faster; nothing was written then.
 */
export async function updateSettlement(
  sql: SqlExecutor,
  row: SettlementRow,
  change: SettlementChange,
): Promise<SettlementRow> {
  const fields = Object.keys(change) as Array<keyof SettlementChange>;
  const parameters: unknown[] = [...sessionParameters(row), row.nodePublicKeyHex, row.version];
  const assignments = fields.map((field) => {
    const value = change[field];
    parameters.push(typeof value === 'bigint' ? value.toString() : value);
    return `${COLUMNS[field][0]} = $${parameters.length}`;
  });
  const [, affected] = await sql.query<[unknown[], number]>(
    `UPDATE metering.settlements m SET ${[...assignments, 'version = version + 1', 'updated_at = now()'].join(', ')}
     WHERE ${sessionCondition('m')} AND m.node_public_key = $4 AND m.version = $5`,
    parameters,
  );
  if (affected !== 1) throw new SettlementChangedError('another worker changed this settlement');
  return { ...row, ...change, version: row.version + 1 };
}

/**
 * Closes the session and prices its relays when every receipt of it is accounted for in a finished row; false while one is not.
 */
export function closeSession(dataSource: DataSource, session: SessionKey, upoktPerRelay: bigint): Promise<boolean> {
  return inTransaction(dataSource, async (manager) => {
    if (!(await markClosed(manager, session))) return false;
    await priceSession(manager, session, upoktPerRelay);
    return true;
  });
}

async function markClosed(sql: SqlExecutor, session: SessionKey): Promise<boolean> {
  // A chunk that is stored meanwhile locks the session's row and raises `receipts`, so this condition then no longer holds.
  const [, affected] = await sql.query<[unknown[], number]>(
    `UPDATE metering.sessions s SET closed_at = now()
     WHERE ${sessionCondition('s')} AND s.closed_at IS NULL
       AND s.receipts = (SELECT coalesce(sum(m.receipts), 0) FROM metering.settlements m WHERE ${sessionCondition('m')})
       AND NOT EXISTS (SELECT 1 FROM metering.settlements m
                       WHERE ${sessionCondition('m')} AND m.state NOT IN ('settled', 'unpaid'))`,
    sessionParameters(session),
  );
  return affected === 1;
}
