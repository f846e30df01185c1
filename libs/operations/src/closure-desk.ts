import {
  type MutationContext,
  Mutations,
  type Page,
  type PageRequest,
  ScopedDatabase,
  afterId,
  pageOf,
  relayChainIds,
  uuidV7,
} from '#libs/tenancy';
import { Injectable } from '@nestjs/common';
import { CLOSURE_COLUMNS, type NodeClosure } from './control-state.js';
import { OperationsError } from './operations-error.js';

/** What is to be closed. */
export interface ClosureInput {
  readonly kind: 'node' | 'operator';
  readonly target: string;
  /** In any accepted name; null: every chain. */
  readonly chain: string | null;
  readonly mode: 'cordon' | 'drain';
  readonly reason: string;
  readonly expiresAt: Date | null;
}

/** Closes nodes and operators to relays, and opens them again. Gateways follow within a second. */
@Injectable()
export class ClosureDesk {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
  ) {}

  /** Those in force, oldest first. @throws TenancyError `invalid` for a foreign cursor */
  async list(page: PageRequest): Promise<Page<NodeClosure>> {
    const rows = await this.database.query<NodeClosure[]>(
      `SELECT ${CLOSURE_COLUMNS} FROM operations.closures
        WHERE closure_id > $1 AND (expires_at IS NULL OR expires_at > now()) ORDER BY closure_id LIMIT $2`,
      [afterId(page.cursor), page.limit + 1],
    );
    return pageOf(rows, page.limit, (row) => row.closureId);
  }

  /** Closes, or changes mode, reason and end of what is closed already. @throws TenancyError `chain-unknown`, OperationsError `invalid` */
  async close(context: MutationContext, input: ClosureInput): Promise<NodeClosure> {
    const chain = input.chain === null ? null : (relayChainIds([input.chain])[0] ?? null);
    const target = input.target.toLowerCase();
    if (input.kind === 'node' && !/^[0-9a-f]{64}$/.test(target)) {
      throw new OperationsError('invalid', 'A node is named by its public key, 64 hex digits.');
    }
    if (input.expiresAt !== null && input.expiresAt.getTime() <= Date.now()) {
      throw new OperationsError('invalid', 'The end lies in the past.');
    }
    const { answer } = await this.mutations.run(context, async (manager) => {
      const [before] = await manager.query<NodeClosure[]>(
        `SELECT ${CLOSURE_COLUMNS} FROM operations.closures
          WHERE kind = $1 AND target = $2 AND chain IS NOT DISTINCT FROM $3 FOR UPDATE`,
        [input.kind, target, chain],
      );
      const [after] = await manager.query<NodeClosure[]>(
        `INSERT INTO operations.closures (closure_id, kind, target, chain, mode, reason, created_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, now(), $8)
         ON CONFLICT (kind, target, chain) DO UPDATE SET mode = excluded.mode, reason = excluded.reason,
           created_by = excluded.created_by, created_at = excluded.created_at, expires_at = excluded.expires_at
         RETURNING ${CLOSURE_COLUMNS}`,
        [uuidV7(), input.kind, target, chain, input.mode, input.reason, context.actor, input.expiresAt],
      );
      return { answer: after!, audit: auditOf(`${input.kind}.${input.mode}`, before ?? null, after!) };
    });
    return answer;
  }

  /** Opens what one closure closed. @throws OperationsError `not-found` */
  async open(context: MutationContext, closureId: string): Promise<NodeClosure> {
    return this.#open(context, 'closure_id = $1', [closureId]);
  }

  /** Opens a node for a chain, or what was closed for all chains. @throws OperationsError `not-found`, TenancyError `chain-unknown` */
  async openNode(context: MutationContext, publicKey: string, chain: string | null): Promise<NodeClosure> {
    const chainId = chain === null ? null : (relayChainIds([chain])[0] ?? null);
    const condition = `kind = 'node' AND target = $1 AND chain IS NOT DISTINCT FROM $2`;
    return this.#open(context, condition, [publicKey.toLowerCase(), chainId]);
  }

  async #open(context: MutationContext, condition: string, parameters: unknown[]): Promise<NodeClosure> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const [before] = await manager.query<NodeClosure[]>(
        `SELECT ${CLOSURE_COLUMNS} FROM operations.closures WHERE ${condition} FOR UPDATE`,
        parameters,
      );
      if (before === undefined) throw new OperationsError('not-found', 'Nothing of this kind is closed.');
      await manager.query('DELETE FROM operations.closures WHERE closure_id = $1', [before.closureId]);
      return { answer: before, audit: auditOf(`${before.kind}.uncordon`, before, null) };
    });
    return answer;
  }
}

function auditOf(action: string, before: NodeClosure | null, after: NodeClosure | null) {
  const subjectId = (after ?? before)!.closureId;
  return { tenantId: null, action, subjectType: 'closure', subjectId, before, after };
}
