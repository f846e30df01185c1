import { EndpointEntity, type MutationContext, Mutations, ScopedDatabase, notFound } from '#libs/tenancy';
import { Injectable } from '@nestjs/common';

/** Whether callers of an endpoint may ask how their request was served. */
export interface ExplainView {
  readonly endpointId: string;
  readonly tenantId: string;
  readonly allowed: boolean;
}

/**
 * Lets the keys of an endpoint ask for explanations (`x-portal-explain: 1`), or forbids it again. Off by default: a key
 * often sits in a public page, and explanations tell which nodes serve.
 */
@Injectable()
export class ExplainDesk {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
  ) {}

  /** @throws TenancyError `not-found` */
  async get(tenantId: string, endpointId: string): Promise<ExplainView> {
    return this.database.read(async (manager) => {
      if ((await manager.getRepository(EndpointEntity).countBy({ tenantId, endpointId })) === 0)
        throw notFound('endpoint');
      const granted = await manager.query<unknown[]>(
        'SELECT 1 FROM operations.explain_grants WHERE tenant_id = $1 AND endpoint_id = $2',
        [tenantId, endpointId],
      );
      return { endpointId, tenantId, allowed: granted.length > 0 };
    });
  }

  /** Takes effect on every gateway within a second. @throws TenancyError `not-found` */
  async set(context: MutationContext, tenantId: string, endpointId: string, allowed: boolean): Promise<ExplainView> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      if ((await manager.getRepository(EndpointEntity).countBy({ tenantId, endpointId })) === 0)
        throw notFound('endpoint');
      const had = await manager.query<unknown[]>(
        'SELECT 1 FROM operations.explain_grants WHERE tenant_id = $1 AND endpoint_id = $2',
        [tenantId, endpointId],
      );
      if (allowed) {
        await manager.query(
          `INSERT INTO operations.explain_grants (endpoint_id, tenant_id, created_by, created_at)
           VALUES ($1, $2, $3, now()) ON CONFLICT DO NOTHING`,
          [endpointId, tenantId, context.actor],
        );
      } else {
        await manager.query('DELETE FROM operations.explain_grants WHERE tenant_id = $1 AND endpoint_id = $2', [
          tenantId,
          endpointId,
        ]);
      }
      const view: ExplainView = { endpointId, tenantId, allowed };
      return {
        answer: view,
        audit: {
          tenantId,
          action: allowed ? 'explain.allow' : 'explain.forbid',
          subjectType: 'endpoint',
          subjectId: endpointId,
          before: { ...view, allowed: had.length > 0 },
          after: view,
        },
      };
    });
    return answer;
  }
}
