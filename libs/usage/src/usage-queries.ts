import type { SqlExecutor } from '#libs/persistence';
import { DIMENSION_COLUMNS, type UsageDimension, type UsageDimensionField, dimensionsOf } from './usage-dimensions.js';
import { positionOf, rowIdOf } from './usage-row-id.js';

/** Which usage to read; `from` and `to` are days `YYYY-MM-DD`, both included. Absent filters do not filter. */
export interface UsageFilter {
  readonly from?: string;
  readonly to?: string;
  readonly tenantId?: string;
  readonly endpointId?: string;
  readonly applicationId?: string;
  readonly keyId?: string;
  readonly chain?: string;
  readonly method?: string;
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

/** One group: the dimensions that were asked for, and its counters. Usage and corrections never share a group. */
export interface UsageRow extends UsageCounters, Partial<Record<UsageDimensionField, string>> {
  /** The row's name, the same in every reading; see `rowIdOf`. */
  readonly id: string;
  /** The UTC day on which a correction was recorded; null for usage. */
  readonly recordedOn: string | null;
  /** For a correction, the id of the row that it adds to; null for usage. */
  readonly corrects: string | null;
  /** Nothing will change this row any more: its days are closed, and for a correction the day of recording too. */
  readonly final: boolean;
  /** When a chunk last changed a row of this group. */
  readonly updatedAt: Date;
}

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

/** Columns of a usage table that {@link COUNTERS} are made of. */
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

/** Beside the day, or the hour, what makes up the primary key of a usage table. */
const KEY_DIMENSIONS = ['tenant', 'endpoint', 'application', 'chain', 'method', 'key'] as const;

const COUNTER_SQL = COUNTERS.map(([name, sql]) => `coalesce(sum(${sql}), 0)::text AS "${name}"`).join(', ');

/** What a database answers for a {@link UsageRow}. */
export type UsageRecord = Readonly<Record<string, string | boolean | Date>>;

/**
 * Usage grouped by `groupBy`, sorted by those columns with corrections behind what they correct, at most `limit` groups after the
 * row named `after`. Reads committed chunks only, in one statement, so the groups of one answer agree with each other.
 *
 * @throws UsageCursorError when `after` is no id of this grouping.
 */
export async function queryUsage(
  sql: SqlExecutor,
  filter: UsageFilter,
  groupBy: readonly UsageDimension[],
  page: { readonly limit?: number; readonly after?: string | undefined } = {},
): Promise<UsageRow[]> {
  const statement = usageStatement(filter, groupBy, page.after);
  const rows = await sql.query<UsageRecord[]>(`${statement.sql} LIMIT $${statement.parameters.length + 1}`, [
    ...statement.parameters,
    page.limit ?? 1_000,
  ]);
  return rows.map((row) => usageRowOf(row, groupBy));
}

/**
 * The statement behind {@link queryUsage}, without a limit. `isPresorted` says that indexes give the rows in order: a reader of many
 * does well to forbid sorts.
 *
 * @throws UsageCursorError
 */
export function usageStatement(
  filter: UsageFilter,
  groupBy: readonly UsageDimension[],
  after?: string,
): { readonly sql: string; readonly parameters: unknown[]; readonly isPresorted: boolean } {
  const dimensions = dimensionsOf(groupBy);
  const columns = dimensions.map((dimension) => DIMENSION_COLUMNS[dimension]);
  const { where, parameters } = whereOf(filter);
  const beyond = after === undefined ? '' : beyondOf(after, dimensions, parameters);
  const shown = columns.map(({ text, field }) => `${text} AS "${field}"`).join(', ');
  const isEveryRow = isKey(dimensions, filter);
  return {
    sql: isEveryRow ? rowsSql(dimensions, shown, where, beyond) : groupsSql(dimensions, shown, where, beyond),
    parameters,
    isPresorted: isEveryRow,
  };
}

/** Whether each row of a usage table is a group of its own. */
function isKey(dimensions: readonly UsageDimension[], filter: UsageFilter): boolean {
  if (!dimensions.includes('day') && !dimensions.includes('hour')) return false;
  return KEY_DIMENSIONS.every(
    (dimension) =>
      dimensions.includes(dimension) || filter[DIMENSION_COLUMNS[dimension].field as 'tenantId'] !== undefined,
  );
}

function groupsSql(dimensions: readonly UsageDimension[], shown: string, where: string, beyond: string): string {
  const isHourly = dimensions.includes('hour');
  const names = dimensions.map((dimension) => `rows.${DIMENSION_COLUMNS[dimension].column}`).join(', ');
  const usage = sourceOf(isHourly ? 'usage_hours' : 'usage', isHourly, `''`, 'updated_at');
  const corrections = sourceOf('usage_corrections', isHourly, 'recorded_on::text', 'recorded_at');
  return `SELECT ${shown}, recorded_on AS "recordedOn", ${COUNTER_SQL}, max(changed_at) AS "updatedAt",
       ${finalSql('max(rows.day)', 'max(rows.recorded_on)')}
     FROM (${usage} ${where} UNION ALL ${corrections} ${where}) AS rows ${beyond}
     GROUP BY ${names}, rows.recorded_on ORDER BY ${names}, rows.recorded_on`;
}

/**
 * Nothing has to be grouped but the few corrections, and the order is that of the primary key: PostgreSQL can walk its index and
 * merge the corrections in. Each side is sorted by itself, so that forbidding sorts rules out one of both together.
 */
function rowsSql(dimensions: readonly UsageDimension[], shown: string, where: string, beyond: string): string {
  const isHourly = dimensions.includes('hour');
  // An hour is a number within its day in the index; day and number together sort as the instant does.
  const time = isHourly ? ['day', 'hour'] : ['day'];
  const keys = [...time, ...KEY_DIMENSIONS.map((dimension) => DIMENSION_COLUMNS[dimension].column)];
  const sorted = keys.join(', ');
  const order = keys.map((column) => `rows.${column}`).join(', ');
  const usage = sourceOf(isHourly ? 'usage_hours' : 'usage', isHourly, `''`, 'updated_at');
  const hourAt = isHourly ? ` ${HOUR_AT},` : '';
  const sums = COUNTER_COLUMNS.map((column) => `sum(${column})::bigint AS ${column}`).join(', ');
  const corrections = `SELECT ${time.join(', ')},${hourAt} tenant_id, endpoint_id, application_id, chain, method, key_id, ${sums},
       recorded_on::text AS recorded_on, max(recorded_at) AS changed_at FROM metering.usage_corrections ${where}
       GROUP BY ${sorted}, recorded_on::text ORDER BY ${sorted}, recorded_on::text`;
  const counters = COUNTERS.map(([name, sql]) => `(${sql})::text AS "${name}"`).join(', ');
  return `SELECT ${shown}, recorded_on AS "recordedOn", ${counters}, changed_at AS "updatedAt",
       ${finalSql('rows.day', 'rows.recorded_on')}
     FROM ((${usage} ${where} ORDER BY ${sorted}) UNION ALL (${corrections})) AS rows ${beyond}
     ORDER BY ${order}, rows.recorded_on`;
}

function finalSql(day: string, recordedOn: string): string {
  return `coalesce(greatest(${day}, nullif(${recordedOn}, '')::date) <= (SELECT max(day) FROM metering.closed_days), false) AS final`;
}

/** The row of a {@link usageStatement}'s record. */
export function usageRowOf(record: UsageRecord, groupBy: readonly UsageDimension[]): UsageRow {
  const values = dimensionsOf(groupBy).map((dimension) => record[DIMENSION_COLUMNS[dimension].field] as string);
  const recordedOn = record['recordedOn'] as string;
  return {
    id: rowIdOf({ values, recordedOn }),
    ...record,
    recordedOn: recordedOn === '' ? null : recordedOn,
    corrects: recordedOn === '' ? null : rowIdOf({ values, recordedOn: '' }),
    ...countersOf(record),
  } as unknown as UsageRow;
}

const HOUR_AT = `day + hour * interval '1 hour' AS hour_at`;

function sourceOf(table: string, isHourly: boolean, recordedOn: string, changedAt: string): string {
  const hour = isHourly ? ` hour, ${HOUR_AT},` : '';
  return `SELECT day,${hour} tenant_id, endpoint_id, application_id, chain, method, key_id, ${COUNTER_COLUMNS.join(', ')},
       ${recordedOn} AS recorded_on, ${changedAt} AS changed_at FROM metering.${table}`;
}

/** The condition that leaves out everything up to the row named `after`. */
function beyondOf(after: string, dimensions: readonly UsageDimension[], parameters: unknown[]): string {
  const { values, recordedOn } = positionOf(after, dimensions);
  const bound = (value: string, type: string): string => `$${parameters.push(value)}::${type}`;
  const columns = dimensions.map((dimension) => DIMENSION_COLUMNS[dimension]);
  const bounds = columns.map(({ type }, index) => bound(values[index]!, type));
  const names = columns.map(({ column }) => `rows.${column}`);
  // The first comparison says nothing new, but an index can begin there, also under row-level security: PostgreSQL looks at
  // texts only after it has hidden the rows of others.
  const textAt = columns.findIndex(({ type }) => type === 'text');
  const plain = Math.max(1, textAt === -1 ? columns.length : textAt);
  return `WHERE (${names.slice(0, plain).join(', ')}) >= (${bounds.slice(0, plain).join(', ')})
       AND (${names.join(', ')}, rows.recorded_on) > (${bounds.join(', ')}, ${bound(recordedOn, 'text')})`;
}

/** The sum over everything that `filter` selects, corrections of closed days included; zeros where nothing does. */
export async function usageTotals(sql: SqlExecutor, filter: UsageFilter = {}): Promise<UsageCounters> {
  const { where, parameters } = whereOf(filter);
  const usage = sourceOf('usage', false, `''`, 'updated_at');
  const corrections = sourceOf('usage_corrections', false, 'recorded_on::text', 'recorded_at');
  const [row] = await sql.query<[Record<string, string>]>(
    `SELECT ${COUNTER_SQL} FROM (${usage} ${where} UNION ALL ${corrections} ${where}) AS rows`,
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
  add('method = ?', filter.method);
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, parameters };
}

function countersOf(row: UsageRecord): UsageCounters {
  return Object.fromEntries(COUNTERS.map(([name]) => [name, BigInt(row[name] as string)])) as unknown as UsageCounters;
}
