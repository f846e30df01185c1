import type { SqlExecutor } from '#libs/persistence';
import { uuidV7 } from '#libs/tenancy';

/** Who closed a node that no operator closed. */
export const SUSPICION = 'system:settlement';

/** A node that signed answers wrongly. */
export interface WrongSigner {
  readonly nodePublicKeyHex: string;
  readonly invalidReceipts: bigint;
  readonly suspectUntil: Date;
}

/**
 * Closes nodes of which wrong signatures were found, for all chains and until the suspicion ends; gateways follow within a second. What an
 * operator closed for all chains stays as the operator set it, and an operator may open what is closed here: it is closed again
 * by another wrong signature only.
 */
export async function closeSuspects(sql: SqlExecutor, nodes: readonly WrongSigner[]): Promise<void> {
  for (const { nodePublicKeyHex, invalidReceipts, suspectUntil } of nodes) {
    await sql.query(
      `INSERT INTO operations.closures AS c (closure_id, kind, target, chain, mode, reason, created_by, created_at, expires_at)
       VALUES ($1, 'node', $2, NULL, 'cordon', $3, $4, now(), $5)
       ON CONFLICT (kind, target, chain) DO UPDATE SET reason = excluded.reason, created_at = excluded.created_at,
         expires_at = excluded.expires_at
       WHERE c.created_by = excluded.created_by OR c.expires_at <= now()`,
      [
        uuidV7(),
        nodePublicKeyHex.toLowerCase(),
        `${invalidReceipts} relays with a wrong signature were found; none of them is claimed.`,
        SUSPICION,
        suspectUntil,
      ],
    );
  }
}
