import type { SqlExecutor } from '#libs/persistence';
import { DIMENSION_COLUMNS, USAGE_DIMENSIONS, type UsageDimensionField } from './usage-dimensions.js';
import { positionOf, rowIdOf } from './usage-row-id.js';

/** Columns by which costs can be grouped. A chain is the relay chain's four hex digits: a price is the session's. */
export const COST_DIMENSIONS = ['day', 'tenant', 'endpoint', 'chain'] as const;

/** One of {@link COST_DIMENSIONS}. */
export type CostDimension = (typeof COST_DIMENSIONS)[number];

/** Which costs to read; days `YYYY-MM-DD`, both included. */
export interface CostFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly chain?: string | undefined;
}

/** Relays of one group and what they cost. */
export interface CostRow extends Partial<Record<UsageDimensionField, string>> {
  /** The row's name and cursor. */
  readonly id: string;
  /** Answers that went to clients: what clients asked for. */
  readonly billableRelays: bigint;
  /** Relays sent, by purpose; the sum of the five is {@link sentRelays}. */
  readonly clientRelays: bigint;
  readonly retryRelays: bigint;
  readonly hedgeRelays: bigint;
  readonly quorumRelays: bigint;
  readonly probeRelays: bigint;
  readonly sentRelays: bigint;
  /** Of the relays sent: their session is not settled, so they have no price yet. */
  readonly unpricedRelays: bigint;
  /** uPOKT of the priced relays: relays × RelaysToTokensMultiplier of their session and chain. */
  readonly costUpokt: bigint;
}

const SENT = 'client_relays + retry_relays + hedge_relays + quorum_relays + probe_relays';

const FIGURES: ReadonlyArray<readonly [field: keyof CostRow, sql: string]> = [
  ['billableRelays', 'billable_relays'],
  ['clientRelays', 'client_relays'],
  ['retryRelays', 'retry_relays'],
  ['hedgeRelays', 'hedge_relays'],
  ['quorumRelays', 'quorum_relays'],
  ['probeRelays', 'probe_relays'],
  ['sentRelays', SENT],
  ['unpricedRelays', `CASE WHEN cost_upokt IS NULL THEN ${SENT} ELSE 0 END`],
  ['costUpokt', 'cost_upokt'],
];

const COLUMNS =
  'day, tenant_id, endpoint_id, chain, billable_relays, client_relays, retry_relays, hedge_relays, quorum_relays, probe_relays';

/**
 * Costs grouped by `groupBy` (at least one), sorted by those columns, at most `limit` groups after the one named `after`, in one
 * statement. Relays of open sessions are in it, without a price.
 *
 * @throws UsageCursorError when `after` is no id of this grouping.
 */
export async function queryCosts(
  sql: SqlExecutor,
  filter: CostFilter,
  groupBy: readonly CostDimension[],
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<CostRow[]> {
  const dimensions = USAGE_DIMENSIONS.filter((dimension) => (groupBy as readonly string[]).includes(dimension));
  const columns = dimensions.map((dimension) => DIMENSION_COLUMNS[dimension]);
  const parameters: unknown[] = [];
  const bound = (value: unknown, type: string): string => `$${parameters.push(value)}::${type}`;
  const conditions = [
    ...(filter.from === undefined ? [] : [`day >= ${bound(filter.from, 'date')}`]),
    ...(filter.to === undefined ? [] : [`day <= ${bound(filter.to, 'date')}`]),
    ...(filter.tenantId === undefined ? [] : [`tenant_id = ${bound(filter.tenantId, 'uuid')}`]),
    ...(filter.endpointId === undefined ? [] : [`endpoint_id = ${bound(filter.endpointId, 'uuid')}`]),
    ...(filter.chain === undefined ? [] : [`chain = ${bound(filter.chain, 'text')}`]),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const names = columns.map(({ column }) => column).join(', ');
  let beyond = '';
  if (page.after !== undefined) {
    const { values } = positionOf(page.after, dimensions);
    beyond = `WHERE (${names}) > (${columns.map(({ type }, index) => bound(values[index], type)).join(', ')})`;
  }
  const rows = await sql.query<Array<Record<string, string>>>(
    `SELECT ${columns.map(({ text, field }) => `${text} AS "${field}"`).join(', ')},
       ${FIGURES.map(([field, figure]) => `coalesce(sum(${figure}), 0)::text AS "${field}"`).join(', ')}
     FROM (SELECT ${COLUMNS}, cost_upokt FROM metering.costs ${where}
           UNION ALL SELECT ${COLUMNS}, NULL FROM metering.session_costs ${where}) AS rows ${beyond}
     GROUP BY ${names} ORDER BY ${names} LIMIT ${bound(page.limit, 'bigint')}`,
    parameters,
  );
  return rows.map((row) => ({
    id: rowIdOf({ values: columns.map(({ field }) => row[field]!), recordedOn: '' }),
    ...row,
    ...Object.fromEntries(FIGURES.map(([field]) => [field, BigInt(row[field]!)])),
  })) as unknown as CostRow[];
}
