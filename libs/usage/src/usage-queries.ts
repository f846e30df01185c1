import type { SqlExecutor } from '#libs/persistence';

/** Columns by which {@link queryUsage} can group; days are always kept apart unless left out. */
export const USAGE_DIMENSIONS = ['day', 'tenant', 'endpoint', 'application', 'chain', 'method', 'key'] as const;

/** One of {@link USAGE_DIMENSIONS}. */
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

/** Which usage to read; `from` and `to` are days `YYYY-MM-DD`, both included. Absent filters do not filter. */
export interface UsageFilter {
  readonly from?: string;
  readonly to?: string;
  readonly tenantId?: string;
  readonly endpointId?: string;
  readonly applicationId?: string;
  readonly keyId?: string;
  readonly chain?: string;
}

/**
 * Counters of one group, exact. `clientRelays` … `probeRelays` count what was sent to nodes; `billableRelays` what clients were answered.
 * Errors, bytes and durations are those of billable answers.
 */
export interface UsageCounters {
  readonly billableRelays: bigint;
  readonly clientRelays: bigint;
  readonly retryRelays: bigint;
  readonly hedgeRelays: bigint;
  readonly quorumRelays: bigint;
  readonly probeRelays: bigint;
  /** Sum over all purposes: receipts stored. */
  readonly sentRelays: bigint;
  readonly rpcErrors: bigint;
  readonly bytesIn: bigint;
  readonly bytesOut: bigint;
  readonly durationUs: bigint;
}

/** One group of {@link queryUsage}: the dimensions that were asked for, and its counters. */
export interface UsageRow extends UsageCounters {
  readonly day?: string;
  readonly tenantId?: string;
  readonly endpointId?: string;
  readonly applicationId?: string;
  readonly chain?: string;
  readonly method?: string;
  readonly keyId?: string;
  /** When a chunk last changed a row of this group. */
  readonly updatedAt: Date;
}

const COLUMN_OF: Record<UsageDimension, { sql: string; field: keyof UsageRow }> = {
  day: { sql: 'day::text', field: 'day' },
  tenant: { sql: 'tenant_id', field: 'tenantId' },
  endpoint: { sql: 'endpoint_id', field: 'endpointId' },
  application: { sql: 'application_id', field: 'applicationId' },
  chain: { sql: 'chain', field: 'chain' },
  method: { sql: 'method', field: 'method' },
  key: { sql: 'key_id', field: 'keyId' },
};

const COUNTERS: ReadonlyArray<readonly [keyof UsageCounters, string]> = [
  ['billableRelays', 'billable_relays'],
  ['clientRelays', 'client_relays'],
  ['retryRelays', 'retry_relays'],
  ['hedgeRelays', 'hedge_relays'],
  ['quorumRelays', 'quorum_relays'],
  ['probeRelays', 'probe_relays'],
  ['sentRelays', 'client_relays + retry_relays + hedge_relays + quorum_relays + probe_relays'],
  ['rpcErrors', 'rpc_errors'],
  ['bytesIn', 'bytes_in'],
  ['bytesOut', 'bytes_out'],
  ['durationUs', 'duration_us'],
];

const COUNTER_SQL = COUNTERS.map(([name, sql]) => `coalesce(sum(${sql}), 0)::text AS "${name}"`).join(', ');

/**
 * Usage grouped by `groupBy`, ordered by those columns, at most `limit` groups after skipping `offset`.
 * Reads committed chunks only, in one statement, so the groups of one answer agree with each other.
 */
export async function queryUsage(
  sql: SqlExecutor,
  filter: UsageFilter,
  groupBy: readonly UsageDimension[],
  page: { readonly limit?: number; readonly offset?: number } = {},
): Promise<UsageRow[]> {
  const dimensions = USAGE_DIMENSIONS.filter((dimension) => groupBy.includes(dimension));
  if (dimensions.length === 0) throw new RangeError('usage is grouped by at least one dimension; see usageTotals');
  const { where, parameters } = whereOf(filter);
  const columns = dimensions.map((dimension) => `${COLUMN_OF[dimension].sql} AS "${COLUMN_OF[dimension].field}"`);
  const positions = dimensions.map((_, index) => index + 1).join(', ');
  parameters.push(page.limit ?? 1_000, page.offset ?? 0);
  const rows = await sql.query<Array<Record<string, string | Date>>>(
    `SELECT ${columns.join(', ')}, ${COUNTER_SQL}, max(updated_at) AS "updatedAt" FROM metering.usage ${where}
     GROUP BY ${positions} ORDER BY ${positions} LIMIT $${parameters.length - 1} OFFSET $${parameters.length}`,
    parameters,
  );
  return rows.map((row) => ({ ...row, ...countersOf(row) }) as unknown as UsageRow);
}

/** The sum over everything that `filter` selects; zeros where nothing does. */
export async function usageTotals(sql: SqlExecutor, filter: UsageFilter = {}): Promise<UsageCounters> {
  const { where, parameters } = whereOf(filter);
  const [row] = await sql.query<[Record<string, string>]>(
    `SELECT ${COUNTER_SQL} FROM metering.usage ${where}`,
    parameters,
  );
  return countersOf(row);
}

/** Receipts, chunks and bytes stored so far; the figure that must equal the usage sums and the session tallies. */
export async function chunkTotals(
  sql: SqlExecutor,
): Promise<{ chunks: bigint; receipts: bigint; billable: bigint; bytes: bigint; rejected: bigint }> {
  const [row] = await sql.query<Array<Record<string, string>>>(
    `SELECT count(*)::text AS chunks, coalesce(sum(receipts), 0)::text AS receipts, coalesce(sum(billable), 0)::text AS billable,
       coalesce(sum(bytes_count), 0)::text AS bytes, (SELECT count(*)::text FROM metering.rejected_chunks) AS rejected
     FROM metering.chunks`,
  );
  const value = (name: string): bigint => BigInt(row?.[name] ?? '0');
  return {
    chunks: value('chunks'),
    receipts: value('receipts'),
    billable: value('billable'),
    bytes: value('bytes'),
    rejected: value('rejected'),
  };
}

function whereOf(filter: UsageFilter): { where: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const conditions: string[] = [];
  const add = (condition: string, value: string | undefined): void => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(condition.replace('?', `$${parameters.length}`));
  };
  add('day >= ?::date', filter.from);
  add('day <= ?::date', filter.to);
  add('tenant_id = ?', filter.tenantId);
  add('endpoint_id = ?', filter.endpointId);
  add('application_id = ?', filter.applicationId);
  add('key_id = ?', filter.keyId);
  add('chain = ?', filter.chain);
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, parameters };
}

function countersOf(row: Readonly<Record<string, string | Date>>): UsageCounters {
  return Object.fromEntries(
    COUNTERS.map(([name]) => [name, BigInt(row[name] as string)]),
  ) as unknown as UsageCounters;
}
