import type { SqlExecutor } from '#libs/persistence';
import type { SessionKey } from './session.js';
import { SETTLEMENT_COLUMNS, type SettlementRow, type SettlementState, toSettlementRow } from './settlement-row.js';

/** The figures that must agree: `receipts` = proven + every kind of exclusion + what is still open. */
export interface SettlementTotals {
  readonly receipts: bigint;
  readonly provenRelays: bigint;
  readonly mintedUpokt: bigint;
  readonly invalid: bigint;
  readonly duplicate: bigint;
  readonly overService: bigint;
  readonly late: bigint;
  readonly unproven: bigint;
  /** Receipts of settlements that are not finished. */
  readonly open: bigint;
  readonly byState: Readonly<Record<SettlementState, number>>;
}

/** Restricts {@link settlementTotals} and {@link listSettlements}. */
export interface SettlementFilter {
  readonly applicationId?: string;
  readonly nodePublicKeyHex?: string;
  readonly session?: SessionKey;
  readonly state?: SettlementState;
}

/** Sums over all settlements that `filter` selects, in one statement. */
export async function settlementTotals(sql: SqlExecutor, filter: SettlementFilter = {}): Promise<SettlementTotals> {
  const { where, parameters } = whereOf(filter);
  const rows = await sql.query<Array<Record<string, string>>>(
    `SELECT m.state, count(*) AS settlements, sum(m.receipts)::text AS receipts, sum(m.minted_upokt)::text AS minted,
       sum(CASE m.state WHEN 'settled' THEN m.claim_proofs ELSE 0 END)::text AS proven,
       sum(m.invalid_receipts)::text AS invalid, sum(m.duplicate_receipts)::text AS duplicate,
       sum(m.over_service_receipts)::text AS over, sum(m.late_receipts)::text AS late, sum(m.unproven_receipts)::text AS unproven
     FROM metering.settlements m ${where} GROUP BY m.state`,
    parameters,
  );
  const sum = (column: string, of = rows): bigint => of.reduce((total, row) => total + BigInt(row[column] ?? '0'), 0n);
  const count = (state: SettlementState): number =>
    Number(rows.find((row) => row['state'] === state)?.['settlements'] ?? 0);
  return {
    receipts: sum('receipts'),
    provenRelays: sum('proven'),
    mintedUpokt: sum('minted'),
    invalid: sum('invalid'),
    duplicate: sum('duplicate'),
    overService: sum('over'),
    late: sum('late'),
    unproven: sum('unproven'),
    open: sum(
      'receipts',
      rows.filter((row) => row['state'] !== 'settled' && row['state'] !== 'unpaid'),
    ),
    byState: {
      open: count('open'),
      claiming: count('claiming'),
      claimed: count('claimed'),
      proving: count('proving'),
      settled: count('settled'),
      unpaid: count('unpaid'),
    },
  };
}

/** Settlements, youngest session first. */
export async function listSettlements(
  sql: SqlExecutor,
  filter: SettlementFilter = {},
  page: { readonly limit?: number; readonly offset?: number } = {},
): Promise<SettlementRow[]> {
  const { where, parameters } = whereOf(filter);
  parameters.push(page.limit ?? 100, page.offset ?? 0);
  const rows = await sql.query<Array<Record<string, unknown>>>(
    `SELECT ${SETTLEMENT_COLUMNS} FROM metering.settlements m ${where}
     ORDER BY m.session_height DESC, m.application_public_key, m.chain, m.node_public_key
     LIMIT $${parameters.length - 1} OFFSET $${parameters.length}`,
    parameters,
  );
  return rows.map(toSettlementRow);
}

/** What a worker has to catch up with. */
export interface SettlementBacklog {
  readonly unverifiedChunks: number;
  readonly openSessions: number;
  /** Age of the oldest unverified chunk, seconds; 0 without one. */
  readonly verificationLagSeconds: number;
  /** Settlements that are not finished, by state. */
  readonly unfinished: Readonly<Record<Exclude<SettlementState, 'settled' | 'unpaid'>, number>>;
}

/** Reads the backlog for metrics. Its cost follows what is unfinished, not what was ever settled. */
export async function settlementBacklog(sql: SqlExecutor): Promise<SettlementBacklog> {
  const [row] = await sql.query<[{ unverified: string; lag: string; open: string }]>(
    `SELECT (SELECT count(*) FROM metering.chunks WHERE verified_at IS NULL) AS unverified,
       (SELECT coalesce(extract(epoch FROM now() - min(stored_at)), 0) FROM metering.chunks WHERE verified_at IS NULL) AS lag,
       (SELECT count(*) FROM metering.sessions WHERE closed_at IS NULL) AS open`,
  );
  const states = await sql.query<Array<{ state: SettlementState; settlements: string }>>(
    `SELECT state, count(*) AS settlements FROM metering.settlements
     WHERE state IN ('open', 'claiming', 'claimed', 'proving') GROUP BY state`,
  );
  const count = (state: SettlementState): number =>
    Number(states.find((each) => each.state === state)?.settlements ?? 0);
  return {
    unfinished: {
      open: count('open'),
      claiming: count('claiming'),
      claimed: count('claimed'),
      proving: count('proving'),
    },
    unverifiedChunks: Number(row.unverified),
    openSessions: Number(row.open),
    verificationLagSeconds: Number(row.lag),
  };
}

function whereOf(filter: SettlementFilter): { where: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const conditions: string[] = [];
  const add = (column: string, value: string | number | undefined): void => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(`m.${column} = $${parameters.length}`);
  };
  add('application_id', filter.applicationId);
  add('node_public_key', filter.nodePublicKeyHex);
  add('application_public_key', filter.session?.applicationPublicKeyHex);
  add('chain', filter.session?.chain);
  add('session_height', filter.session?.sessionHeight);
  add('state', filter.state);
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, parameters };
}
