import type { SqlExecutor } from '#libs/persistence';
import { type SessionKey, sessionParameters } from './session.js';

const COUNTERS = ['billable_relays', 'client_relays', 'retry_relays', 'hedge_relays', 'quorum_relays', 'probe_relays'];

const SENT = 'client_relays + retry_relays + hedge_relays + quorum_relays + probe_relays';

/**
 * Moves a session's relays to the cost ledger at the session's price, in the transaction that closes the session.
 * Cost = relays sent × `uPOKT a relay`; what a late chunk adds to a closed session moves when that closes again, once.
 *
 * @param upoktPerRelay `SessionTerms.upoktPerRelay`.
 */
export async function priceSession(sql: SqlExecutor, session: SessionKey, upoktPerRelay: bigint): Promise<void> {
  const sums = COUNTERS.map((column) => `sum(${column}) AS ${column}`).join(', ');
  const additions = COUNTERS.map((column) => `${column} = c.${column} + excluded.${column}`).join(', ');
  await sql.query(
    `WITH moved AS (
       DELETE FROM metering.session_costs s
        WHERE s.application_public_key = $1 AND s.chain = $2 AND s.session_height = $3 RETURNING *
     )
     INSERT INTO metering.costs AS c (day, tenant_id, endpoint_id, chain, ${COUNTERS.join(', ')}, cost_upokt)
     SELECT day, tenant_id, endpoint_id, chain, ${sums}, sum(${SENT}) * $4::numeric FROM moved
      GROUP BY day, tenant_id, endpoint_id, chain ORDER BY day, tenant_id, endpoint_id, chain
     ON CONFLICT (day, tenant_id, endpoint_id, chain) DO UPDATE SET ${additions},
       cost_upokt = c.cost_upokt + excluded.cost_upokt, updated_at = now()`,
    [...sessionParameters(session), String(upoktPerRelay)],
  );
}
