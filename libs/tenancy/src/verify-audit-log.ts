import type { SqlExecutor } from '#libs/persistence';

/** What a verification of the audit log found. */
export interface AuditVerification {
  /** Entries that do not fit the chain, oldest first, and why; none when it holds. */
  readonly faults: ReadonlyArray<{ readonly entryNumber: string; readonly fault: string }>;
  /** The newest entry's number and hash (hex). Kept elsewhere, they show later that nobody rewrote the chain as a whole. */
  readonly head: { readonly entryNumber: string; readonly hashHex: string } | null;
}

/** Recomputes the hash chain over every audit entry, in PostgreSQL. Changes nothing. */
export async function verifyAuditLog(sql: SqlExecutor): Promise<AuditVerification> {
  const faults = await sql.query<Array<{ chain_number: string; fault: string }>>(
    'SELECT chain_number, fault FROM tenancy.audit_faults()',
  );
  const [head] = await sql.query<Array<{ number: string; hash: string }>>(
    `SELECT chain_number AS number, encode(chain_hash, 'hex') AS hash FROM tenancy.audit_head`,
  );
  return {
    faults: faults.map((row) => ({ entryNumber: row.chain_number, fault: row.fault })),
    head: head ? { entryNumber: head.number, hashHex: head.hash } : null,
  };
}
