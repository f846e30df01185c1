import type { SqlExecutor } from '#libs/persistence';
import type { RequestTrace, StoredTrace } from './request-trace.js';

/** Writes stories in one statement. */
export async function storeTraces(database: SqlExecutor, traces: readonly RequestTrace[]): Promise<void> {
  if (traces.length === 0) return;
  await database.query(
    `INSERT INTO operations.request_traces (request_id, at, tenant_id, endpoint_id, chain, method, outcome, detail)
     SELECT t ->> 'requestId', to_timestamp((t ->> 'atMs')::double precision / 1000), (t ->> 'tenantId')::uuid,
            (t ->> 'endpointId')::uuid, t ->> 'chain', t ->> 'method', t ->> 'outcome', t
       FROM jsonb_array_elements($1::jsonb) t`,
    [JSON.stringify(traces)],
  );
}

/** Rows that one pruning deletes at most, so that it never holds the table for long. */
const PRUNED_MAX = 20_000;

/**
 * Deletes what is too old or beyond the row count; returns how many. Whoever comes second while another prunes does nothing.
 */
export async function pruneTraces(
  database: SqlExecutor,
  bounds: { readonly retentionHours: number; readonly rowsMax: number },
): Promise<number> {
  const rows = await database.query<Array<{ count: string }>>(
    `WITH lock AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtext('operations.request_traces')) AS held),
          newest AS (SELECT max(trace_id) AS trace_id FROM operations.request_traces),
          gone AS (
            DELETE FROM operations.request_traces WHERE trace_id IN (
              SELECT t.trace_id FROM operations.request_traces t, newest, lock
               WHERE lock.held
                 AND (t.trace_id <= newest.trace_id - $2::bigint OR t.at < now() - make_interval(hours => $1::int))
               ORDER BY t.trace_id LIMIT ${PRUNED_MAX})
            RETURNING 1)
     SELECT count(*) FROM gone`,
    [bounds.retentionHours, bounds.rowsMax],
  );
  return Number(rows[0]?.count ?? 0);
}

/** Which stories. Absent fields do not matter. */
export interface TraceFilter {
  /** Only this tenant's; absent: everybody's, those of unknown keys too. */
  readonly tenantId?: string | undefined;
  readonly endpointId?: string | undefined;
  /** Slug. */
  readonly chain?: string | undefined;
  readonly method?: string | undefined;
  readonly outcome?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

interface TraceRow {
  readonly traceId: string;
  readonly detail: RequestTrace;
}

/** Stories that fit, newest first. @param before only those with a smaller id */
export async function listTraces(
  database: SqlExecutor,
  filter: TraceFilter,
  page: { readonly before: string | null; readonly limit: number },
): Promise<StoredTrace[]> {
  const rows = await database.query<TraceRow[]>(
    `SELECT trace_id::text AS "traceId", detail FROM operations.request_traces
      WHERE ($1::bigint IS NULL OR trace_id < $1) AND ($2::uuid IS NULL OR tenant_id = $2)
        AND ($3::uuid IS NULL OR endpoint_id = $3) AND ($4::text IS NULL OR chain = $4) AND ($5::text IS NULL OR method = $5)
        AND ($6::text IS NULL OR outcome = $6) AND ($7::timestamptz IS NULL OR at >= $7)
        AND ($8::timestamptz IS NULL OR at < $8)
      ORDER BY trace_id DESC LIMIT $9`,
    [
      page.before,
      filter.tenantId ?? null,
      filter.endpointId ?? null,
      filter.chain ?? null,
      filter.method ?? null,
      filter.outcome ?? null,
      filter.from ?? null,
      filter.to ?? null,
      page.limit,
    ],
  );
  return rows.map(stored);
}

/** Calls of one request that a page of its story holds at most; a batch may have more. */
const CALLS_MAX = 1_000;

/** The stories of a request's calls, in the order of their ends; empty when none was kept. */
export async function tracesOfRequest(
  database: SqlExecutor,
  requestId: string,
  tenantId: string | null,
): Promise<StoredTrace[]> {
  const rows = await database.query<TraceRow[]>(
    `SELECT trace_id::text AS "traceId", detail FROM operations.request_traces
      WHERE request_id = $1 AND ($2::uuid IS NULL OR tenant_id = $2) ORDER BY trace_id LIMIT ${CALLS_MAX}`,
    [requestId, tenantId],
  );
  return rows.map(stored);
}

function stored({ traceId, detail }: TraceRow): StoredTrace {
  return { ...detail, traceId };
}
