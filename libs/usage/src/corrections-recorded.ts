import type { SqlExecutor } from '#libs/persistence';

/** Billable relays of a closed day that became known on `recordedOn`. */
export interface RecordedCorrection {
  readonly corrects: string;
  readonly recordedOn: string;
  readonly endpointId: string;
  readonly chain: string;
  readonly billableRelays: bigint;
}

/** A tenant's corrections that were recorded from `from` to `to`, both included: what their invoice holds of earlier days. */
export async function correctionsRecorded(
  sql: SqlExecutor,
  filter: { readonly tenantId: string; readonly from: string; readonly to: string },
): Promise<RecordedCorrection[]> {
  const rows = await sql.query<Array<Omit<RecordedCorrection, 'billableRelays'> & { billableRelays: string }>>(
    `SELECT day::text AS corrects, recorded_on::text AS "recordedOn", endpoint_id AS "endpointId", chain,
            sum(billable_relays)::text AS "billableRelays"
       FROM metering.usage_corrections
      WHERE tenant_id = $1 AND recorded_on BETWEEN $2::date AND $3::date
      GROUP BY day, recorded_on, endpoint_id, chain HAVING sum(billable_relays) > 0
      ORDER BY recorded_on, day, endpoint_id, chain`,
    [filter.tenantId, filter.from, filter.to],
  );
  return rows.map((row) => ({ ...row, billableRelays: BigInt(row.billableRelays) }));
}
