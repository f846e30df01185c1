import type { SqlExecutor } from '#libs/persistence';
import type { HourIncrement, UsageIncrement } from './summarise-chunk.js';

const KEY_COLUMNS = ['tenant_id', 'endpoint_id', 'application_id', 'chain', 'method', 'key_id'];

/** Counter columns of every usage table, in the order of {@link counterArrays}. */
const COUNTER_COLUMNS = [
  'billable_relays',
  'client_relays',
  'retry_relays',
  'hedge_relays',
  'quorum_relays',
  'probe_relays',
  'rpc_errors',
  'bytes_in',
  'bytes_out',
  'duration_us',
];

const KEY_TYPES = 'uuid[] uuid[] uuid[] text[] text[] uuid[]'.split(' ');

/** Adds to the rows of `metering.usage`. The rows must be in key order, so that two workers never deadlock. */
export async function upsertDays(sql: SqlExecutor, rows: readonly UsageIncrement[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(upsertSql('usage', ['day', ...KEY_COLUMNS], ['date[]', ...KEY_TYPES]), [
    rows.map((row) => row.day),
    ...keyArrays(rows),
    ...counterArrays(rows),
  ]);
}

/** Adds to the rows of `metering.usage_hours`, in key order. */
export async function upsertHours(sql: SqlExecutor, rows: readonly HourIncrement[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(upsertSql('usage_hours', ['day', 'hour', ...KEY_COLUMNS], ['date[]', 'smallint[]', ...KEY_TYPES]), [
    rows.map((row) => row.day),
    rows.map((row) => row.hour),
    ...keyArrays(rows),
    ...counterArrays(rows),
  ]);
}

/** Writes what came too late for its day, at least one row. Returns the UTC day of recording: that of the transaction's start. */
export async function insertCorrections(
  sql: SqlExecutor,
  chunkId: string,
  rows: readonly HourIncrement[],
): Promise<string> {
  const columns = ['chunk_id', 'day', 'hour', ...KEY_COLUMNS, ...COUNTER_COLUMNS];
  const types = ['date[]', 'smallint[]', ...KEY_TYPES, ...COUNTER_COLUMNS.map(() => 'bigint[]')];
  const inserted = await sql.query<Array<{ recorded_on: string }>>(
    `INSERT INTO metering.usage_corrections (${columns.join(', ')})
     SELECT $1, r.* FROM unnest(${types.map((type, index) => `$${index + 2}::${type}`).join(', ')}) AS r
     RETURNING recorded_on::text`,
    [chunkId, rows.map((row) => row.day), rows.map((row) => row.hour), ...keyArrays(rows), ...counterArrays(rows)],
  );
  return inserted[0]!.recorded_on;
}

function upsertSql(table: string, keys: readonly string[], keyTypes: readonly string[]): string {
  const types = [...keyTypes, ...COUNTER_COLUMNS.map(() => 'bigint[]')];
  return `INSERT INTO metering.${table} AS u (${[...keys, ...COUNTER_COLUMNS].join(', ')})
     SELECT * FROM unnest(${types.map((type, index) => `$${index + 1}::${type}`).join(', ')})
     ON CONFLICT (${keys.join(', ')})
     DO UPDATE SET ${COUNTER_COLUMNS.map((column) => `${column} = u.${column} + excluded.${column}`).join(', ')},
       updated_at = now()`;
}

function keyArrays(rows: readonly UsageIncrement[]): unknown[] {
  return [
    rows.map((row) => row.tenantId),
    rows.map((row) => row.endpointId),
    rows.map((row) => row.applicationId),
    rows.map((row) => row.chain),
    rows.map((row) => row.method),
    rows.map((row) => row.keyId),
  ];
}

function counterArrays(rows: readonly UsageIncrement[]): unknown[] {
  return [
    rows.map((row) => row.billableRelays),
    rows.map((row) => row.sent.client),
    rows.map((row) => row.sent.retry),
    rows.map((row) => row.sent.hedge),
    rows.map((row) => row.sent.quorum),
    rows.map((row) => row.sent.probe),
    rows.map((row) => row.rpcErrors),
    rows.map((row) => row.bytesIn),
    rows.map((row) => row.bytesOut),
    rows.map((row) => row.durationUs),
  ];
}
