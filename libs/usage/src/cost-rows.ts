import type { SqlExecutor } from '#libs/persistence';
import type { MeteredReceipt, RelayPurpose } from './metered-receipt.js';

/** Relays that one chunk adds to one session, day and endpoint of the cost ledger. */
export interface CostIncrement {
  readonly applicationPublicKeyHex: string;
  readonly chain: string;
  readonly sessionHeight: number;
  readonly day: string;
  readonly tenantId: string;
  readonly endpointId: string;
  billableRelays: number;
  readonly sent: Record<RelayPurpose, number>;
}

/** Folds receipts to rows of the cost ledger; {@link CostTally.inOrder} gives them in the order in which they are locked. */
export class CostTally {
  private readonly rows = new Map<string, CostIncrement>();

  add({ session, day, tenantId, endpointId, purpose, billable }: MeteredReceipt): void {
    const { applicationPublicKeyHex, chain, sessionHeight } = session;
    const key = `${applicationPublicKeyHex}\n${chain}\n${sessionHeight}\n${day}\n${tenantId}\n${endpointId}`;
    let row = this.rows.get(key);
    if (row === undefined) {
      row = {
        applicationPublicKeyHex,
        chain,
        sessionHeight,
        day,
        tenantId,
        endpointId,
        billableRelays: 0,
        sent: { client: 0, retry: 0, hedge: 0, quorum: 0, probe: 0 },
      };
      this.rows.set(key, row);
    }
    row.sent[purpose] += 1;
    if (billable) row.billableRelays += 1;
  }

  inOrder(): CostIncrement[] {
    return [...this.rows].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
  }
}

/** Adds to `metering.session_costs`, in key order. */
export async function upsertSessionCosts(sql: SqlExecutor, rows: readonly CostIncrement[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `INSERT INTO metering.session_costs AS s (application_public_key, chain, session_height, day, tenant_id, endpoint_id,
       billable_relays, client_relays, retry_relays, hedge_relays, quorum_relays, probe_relays)
     SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::date[], $5::uuid[], $6::uuid[],
       $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[])
     ON CONFLICT (application_public_key, chain, session_height, day, tenant_id, endpoint_id) DO UPDATE SET
       billable_relays = s.billable_relays + excluded.billable_relays,
       client_relays = s.client_relays + excluded.client_relays, retry_relays = s.retry_relays + excluded.retry_relays,
       hedge_relays = s.hedge_relays + excluded.hedge_relays, quorum_relays = s.quorum_relays + excluded.quorum_relays,
       probe_relays = s.probe_relays + excluded.probe_relays`,
    [
      rows.map((row) => row.applicationPublicKeyHex),
      rows.map((row) => row.chain),
      rows.map((row) => row.sessionHeight),
      rows.map((row) => row.day),
      rows.map((row) => row.tenantId),
      rows.map((row) => row.endpointId),
      rows.map((row) => row.billableRelays),
      rows.map((row) => row.sent.client),
      rows.map((row) => row.sent.retry),
      rows.map((row) => row.sent.hedge),
      rows.map((row) => row.sent.quorum),
      rows.map((row) => row.sent.probe),
    ],
  );
}
