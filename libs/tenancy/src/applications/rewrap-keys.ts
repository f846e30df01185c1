import type { DataSource } from 'typeorm';
import { type RecordSealer, applicationKeyContext } from '../record-sealer.js';
import { runInScope } from '../scope/database-scope.js';
import { ScopedDatabase } from '../scope/scoped-database.js';

/** What {@link rewrapApplicationKeys} did. */
export interface Rewrapped {
  readonly rewrapped: number;
  /** Records that were under the next key-encryption key already. */
  readonly already: number;
}

/**
 * Moves every sealed application key from one key-encryption key to the next without decrypting the keys. Each record is a
 * transaction of its own, so it may be stopped and run again at any time.
 *
 * @throws UnsealError for a record that neither opens; what was moved until then stays.
 */
export async function rewrapApplicationKeys(
  dataSource: DataSource,
  present: RecordSealer,
  next: RecordSealer,
): Promise<Rewrapped> {
  const database = new ScopedDatabase(dataSource);
  return runInScope({ kind: 'operator', actor: 'system:rewrap' }, async () => {
    const rows = await database.query<Array<{ id: string }>>(
      `SELECT application_id AS id FROM tenancy.applications WHERE sealed_private_key IS NOT NULL ORDER BY application_id`,
    );
    let rewrapped = 0;
    for (const { id } of rows) {
      await database.transaction(async (manager) => {
        const [row] = await manager.query<
          Array<{ tenantId: string; version: number; sealed: Buffer; nextSealed: Buffer | null }>
        >(
          `SELECT tenant_id AS "tenantId", key_version AS version, sealed_private_key AS sealed,
                  next_sealed_private_key AS "nextSealed"
             FROM tenancy.applications WHERE application_id = $1 FOR UPDATE`,
          [id],
        );
        if (!row || next.wrapped(row.sealed)) return;
        const context = applicationKeyContext(row.tenantId, id, row.version);
        // The key that a stake is on its way to was sealed with it, under the same key-encryption key.
        const nextContext = applicationKeyContext(row.tenantId, id, row.version + 1);
        const { nextSealed } = row;
        await manager.query(
          `UPDATE tenancy.applications SET sealed_private_key = $2, next_sealed_private_key = $3 WHERE application_id = $1`,
          [
            id,
            present.rewrap(row.sealed, context, next),
            nextSealed && (next.wrapped(nextSealed) ? nextSealed : present.rewrap(nextSealed, nextContext, next)),
          ],
        );
        rewrapped += 1;
      });
    }
    return { rewrapped, already: rows.length - rewrapped };
  });
}
