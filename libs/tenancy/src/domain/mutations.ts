import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AuditEntryEntity } from '../entities/index.js';
import type { RecordSealer } from '../record-sealer.js';
import { runInScope } from '../scope/database-scope.js';
import type { ScopedDatabase } from '../scope/scoped-database.js';
import { type IfMatch, checkPrecondition } from './precondition.js';
import { TenancyError } from './tenancy-error.js';

/** Who asks for a change, and under which `Idempotency-Key`. */
export interface MutationContext {
  /** `operator`, `token:<uuid>`, `system:<process>`; written to the audit log. */
  readonly actor: string;
  readonly requestId: string | null;
  /** Absent: the caller accepts that a repeated request is a second one. */
  readonly idempotency?: { readonly key: string; readonly requestHash: Buffer };
  /** Entity tags of `If-Match`, one of which must be the changed thing's; `*`: any. Absent: whatever it is now. */
  readonly ifMatch?: IfMatch;
}

/** What one change says of itself in the audit log. Neither side may hold a secret. */
export interface AuditFacts {
  readonly tenantId: string | null;
  /** `<subject>.<verb>`. */
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly before: object | null;
  readonly after: object | null;
}

/** What a change gives back: the caller's answer, and exactly one audit entry. */
export interface MutationOutcome<T> {
  readonly answer: T;
  readonly audit: AuditFacts;
}

/** How long an answer is kept for its `Idempotency-Key`. */
export const IDEMPOTENCY_HOURS = 24;

/**
 * Runs changes: the change, its audit entry and the answer kept for its `Idempotency-Key` are one transaction, so all of
 * them happened or none did. The same key with the same request gives the same answer without a second change, also when
 * both arrive at once (the second waits for the first).
 */
export class Mutations {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly sealer: RecordSealer,
  ) {}

  /**
   * @param context who asks, and the idempotency key.
   * @param work the change; its answer must survive JSON, with dates in fields whose names end with `At`.
   * @throws TenancyError `idempotency-key-reused` when the key was used for another request, `version-changed` when the thing
   *   is not at a version of `ifMatch` (a replayed answer asks no version: the change happened), and whatever `work` throws.
   */
  run<T extends object>(
    context: MutationContext,
    work: (manager: EntityManager) => Promise<MutationOutcome<T>>,
  ): Promise<{ answer: T; replayed: boolean }> {
    return this.database.transaction(async (manager) => {
      const kept = await this.claim(manager, context);
      if (kept !== null) return { answer: kept as T, replayed: true };
      const { answer, audit } = await work(manager);
      // The row is locked by now, so what it was before is what it is; throwing takes the work back.
      if (context.ifMatch !== undefined) checkPrecondition(context.ifMatch, audit.before);
      await manager.getRepository(AuditEntryEntity).insert({
        tenantId: audit.tenantId,
        actor: context.actor,
        action: audit.action,
        subjectType: audit.subjectType,
        subjectId: audit.subjectId,
        requestId: context.requestId,
        before: audit.before && { ...audit.before },
        after: audit.after && { ...audit.after },
      });
      await this.keep(manager, context, audit.tenantId, answer);
      return { answer, replayed: false };
    });
  }

  /**
   * The answer that is kept for the request, or null. For a change that must ask somebody else first: what was done already needs
   * nobody to be asked again.
   * @throws TenancyError `idempotency-key-reused`
   */
  async kept<T extends object>(context: MutationContext): Promise<T | null> {
    if (!context.idempotency) return null;
    return this.database.read((manager) => this.read<T>(manager, context, `NOT (${EXPIRED})`));
  }

  /** Drops answers past their {@link IDEMPOTENCY_HOURS}; returns how many. */
  async forgetExpired(): Promise<number> {
    const rows = await runInScope({ kind: 'operator', actor: 'system:housekeeping' }, () =>
      this.database.query<Array<{ count: string }>>(
        `WITH gone AS (DELETE FROM tenancy.idempotency_keys WHERE ${EXPIRED} RETURNING 1) SELECT count(*) FROM gone`,
      ),
    );
    return Number(rows[0]?.count ?? 0);
  }

  /** Takes the key for this transaction (null), or gives the answer that was kept for it. */
  private async claim(manager: EntityManager, context: MutationContext): Promise<object | null> {
    if (!context.idempotency) return null;
    const { key, requestHash } = context.idempotency;
    await manager.query(
      `DELETE FROM tenancy.idempotency_keys WHERE actor = $1 AND idempotency_key = $2 AND ${EXPIRED}`,
      [context.actor, key],
    );
    // Waits here while another transaction holds the same key.
    const claimed = await manager.query<unknown[]>(
      `INSERT INTO tenancy.idempotency_keys (actor, idempotency_key, request_hash, sealed_answer)
       VALUES ($1, $2, $3, '') ON CONFLICT DO NOTHING RETURNING 1`,
      [context.actor, key, requestHash],
    );
    if (claimed.length > 0) return null;
    const kept = await this.read(manager, context);
    // Row-level security hides another tenant's row under the same name.
    if (kept === null) throw keyReused();
    return kept;
  }

  private async read<T extends object>(
    manager: EntityManager,
    context: MutationContext,
    condition = 'true',
  ): Promise<T | null> {
    const { key = '', requestHash = Buffer.alloc(0) } = context.idempotency ?? {};
    const [row] = await manager.query<Array<{ hash: Buffer; sealed: Buffer }>>(
      `SELECT request_hash AS hash, sealed_answer AS sealed FROM tenancy.idempotency_keys
        WHERE actor = $1 AND idempotency_key = $2 AND ${condition}`,
      [context.actor, key],
    );
    if (!row) return null;
    if (!row.hash.equals(requestHash)) throw keyReused();
    return revived(this.sealer.open(row.sealed, answerContext(context.actor, key)).toString('utf8')) as T;
  }

  private async keep(
    manager: EntityManager,
    context: MutationContext,
    tenantId: string | null,
    answer: object,
  ): Promise<void> {
    if (!context.idempotency) return;
    const { key } = context.idempotency;
    const sealed = this.sealer.seal(Buffer.from(JSON.stringify(answer), 'utf8'), answerContext(context.actor, key));
    await manager.query(
      `UPDATE tenancy.idempotency_keys SET sealed_answer = $3, tenant_id = $4 WHERE actor = $1 AND idempotency_key = $2`,
      [context.actor, key, sealed, tenantId],
    );
  }
}

const EXPIRED = `created_at < now() - interval '${IDEMPOTENCY_HOURS} hours'`;

function keyReused(): TenancyError {
  return new TenancyError(
    'idempotency-key-reused',
    'This Idempotency-Key was used for another request. Use a new key for a new request.',
  );
}

function answerContext(actor: string, key: string): string {
  return `idempotency|${createHash('sha256').update(`${actor}\n${key}`).digest('hex')}`;
}

function revived(json: string): object {
  return JSON.parse(json, (name, value: unknown) =>
    name.endsWith('At') && typeof value === 'string' ? new Date(value) : value,
  ) as object;
}
