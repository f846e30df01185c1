import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThan } from 'typeorm';
import { type EndpointRules, hashEndpointSecret } from '#libs/policy';
import { base62Text } from '../api-key.js';
import { ApplicationEntity, EndpointApplicationEntity, EndpointEntity, plain } from '../entities/index.js';
import { ScopedDatabase } from '../scope/scoped-database.js';
import { uuidV7 } from '../uuid-v7.js';
import { type MutationContext, Mutations } from './mutations.js';
import { type Page, type PageRequest, afterId, pageOf } from './page.js';
import { relayChainIds } from './relay-chains.js';
import { storedEndpointRules } from './rules.js';
import { TenancyError, notFound } from './tenancy-error.js';
import { lockLiveTenant } from './tenants.js';

/** An endpoint with the applications it spends from. Dates are `Date`, or ISO texts in a replayed answer. */
export type EndpointView = EndpointEntity & { readonly applicationIds: string[] };

/** What a caller may set on an endpoint. Absent fields keep their value, or take the default when creating. */
export interface EndpointInput {
  readonly name?: string | undefined;
  /** Relays are spread over these, by what is left of each one's day. At least one. */
  readonly applicationIds?: readonly string[] | undefined;
  /** Chains in any accepted name; null: all that the applications are staked for (default). */
  readonly chains?: readonly string[] | null | undefined;
  readonly answerStyle?: 'wallet' | 'strict' | undefined;
  readonly verifyInline?: boolean | undefined;
  /** Nodes that a read is put to, 1 to 5. */
  readonly readQuorum?: number | undefined;
  /** Allowlists and rate, all of them anew; null: none. */
  readonly rules?: EndpointRules | null | undefined;
}

/** Endpoints of one tenant: what keys open. */
@Injectable()
export class Endpoints {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
  ) {}

  /** @throws TenancyError `not-found` for an application that is not this tenant's, `chain-unknown` */
  async create(
    context: MutationContext,
    tenantId: string,
    input: EndpointInput & { name: string; applicationIds: readonly string[] },
  ): Promise<EndpointView> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      await lockLiveTenant(manager, tenantId);
      const now = new Date();
      const endpoint = manager.getRepository(EndpointEntity).create({
        endpointId: uuidV7(),
        tenantId,
        name: input.name,
        status: 'active',
        suspendedReason: null,
        answerStyle: input.answerStyle ?? 'wallet',
        verifyInline: input.verifyInline ?? false,
        readQuorum: input.readQuorum ?? 1,
        chains: input.chains ? relayChainIds(input.chains) : null,
        rules: input.rules ? storedEndpointRules(input.rules) : null,
        secretHash: null,
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      await manager.getRepository(EndpointEntity).insert(endpoint);
      const applicationIds = await setApplications(manager, endpoint, input.applicationIds);
      const view = { ...plain(endpoint), applicationIds };
      return { answer: view, audit: auditOf('endpoint.create', null, view) };
    });
    return answer;
  }

  /** Takes effect on every gateway within a second. @throws TenancyError */
  async update(
    context: MutationContext,
    tenantId: string,
    endpointId: string,
    input: EndpointInput,
  ): Promise<EndpointView> {
    return this.change(
      context,
      tenantId,
      endpointId,
      'endpoint.update',
      {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.answerStyle === undefined ? {} : { answerStyle: input.answerStyle }),
        ...(input.verifyInline === undefined ? {} : { verifyInline: input.verifyInline }),
        ...(input.readQuorum === undefined ? {} : { readQuorum: input.readQuorum }),
        ...(input.rules === undefined ? {} : { rules: input.rules && storedEndpointRules(input.rules) }),
        ...(input.chains === undefined ? {} : { chains: input.chains === null ? null : relayChainIds(input.chains) }),
      },
      input.applicationIds,
    );
  }

  suspend(context: MutationContext, tenantId: string, endpointId: string, reason: string): Promise<EndpointView> {
    return this.change(context, tenantId, endpointId, 'endpoint.suspend', {
      status: 'suspended',
      suspendedReason: reason,
    });
  }

  resume(context: MutationContext, tenantId: string, endpointId: string): Promise<EndpointView> {
    return this.change(context, tenantId, endpointId, 'endpoint.resume', { status: 'active', suspendedReason: null });
  }

  /** Demands a new secret of every request from now on; the answer holds its only copy. @throws TenancyError `not-found` */
  async demandSecret(
    context: MutationContext,
    tenantId: string,
    endpointId: string,
  ): Promise<EndpointView & { readonly secret: string }> {
    const secret = `sec_${base62Text(SECRET_LENGTH)}`;
    const changes = { secretHash: hashEndpointSecret(secret) };
    return this.change(context, tenantId, endpointId, 'endpoint.secret', changes, undefined, { secret });
  }

  /** Demands no secret any more. @throws TenancyError `not-found` */
  dropSecret(context: MutationContext, tenantId: string, endpointId: string): Promise<EndpointView> {
    return this.change(context, tenantId, endpointId, 'endpoint.secret-drop', { secretHash: null });
  }

  /** @throws TenancyError `not-found` */
  async get(tenantId: string, endpointId: string): Promise<EndpointView> {
    return this.database.read(async (manager) => {
      const endpoint = await manager.getRepository(EndpointEntity).findOneBy({ tenantId, endpointId });
      if (!endpoint) throw notFound('endpoint');
      const [view] = await withApplications(manager, [endpoint]);
      return view!;
    });
  }

  async list(tenantId: string, page: PageRequest): Promise<Page<EndpointView>> {
    const after = MoreThan(afterId(page.cursor));
    return this.database.read(async (manager) => {
      const rows = await manager.getRepository(EndpointEntity).find({
        where: { tenantId, endpointId: after },
        order: { endpointId: 'ASC' },
        take: page.limit + 1,
      });
      const { items, next } = pageOf(rows, page.limit, (row) => row.endpointId);
      return { items: await withApplications(manager, items), next };
    });
  }

  private async change<More extends object = object>(
    context: MutationContext,
    tenantId: string,
    endpointId: string,
    action: string,
    changes: Partial<Omit<EndpointEntity, 'endpointId' | 'tenantId'>>,
    applicationIds?: readonly string[],
    shownOnce?: More,
  ): Promise<EndpointView & More> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const endpoint = await lockEndpoint(manager, tenantId, endpointId);
      const links = await manager.getRepository(EndpointApplicationEntity).find({
        where: { endpointId },
        order: { applicationId: 'ASC' },
      });
      const before = { ...plain(endpoint), applicationIds: links.map((link) => link.applicationId) };
      const updated = { ...changes, updatedAt: new Date() };
      // TypeORM's type for updates does not know readonly lists inside JSON.
      await manager.getRepository(EndpointEntity).update({ tenantId, endpointId }, updated as object);
      const view = {
        ...before,
        ...updated,
        version: before.version + 1,
        ...(applicationIds ? { applicationIds: await setApplications(manager, endpoint, applicationIds) } : {}),
      };
      return { answer: { ...view, ...(shownOnce as More) }, audit: auditOf(action, before, view) };
    });
    return answer;
  }
}

/** 32 base62 characters are 190 random bits. */
const SECRET_LENGTH = 32;

async function withApplications(manager: EntityManager, endpoints: readonly EndpointEntity[]): Promise<EndpointView[]> {
  if (endpoints.length === 0) return [];
  const links = await manager.getRepository(EndpointApplicationEntity).find({
    where: { endpointId: In(endpoints.map((endpoint) => endpoint.endpointId)) },
    order: { applicationId: 'ASC' },
  });
  return endpoints.map((endpoint) => ({
    ...plain(endpoint),
    applicationIds: links.filter((link) => link.endpointId === endpoint.endpointId).map((link) => link.applicationId),
  }));
}

/** The endpoint's row, held until the transaction ends. @throws TenancyError `not-found` */
export async function lockEndpoint(
  manager: EntityManager,
  tenantId: string,
  endpointId: string,
): Promise<EndpointEntity> {
  const endpoint = await manager
    .getRepository(EndpointEntity)
    .findOne({ where: { tenantId, endpointId }, lock: { mode: 'pessimistic_write' } });
  if (!endpoint) throw notFound('endpoint');
  return endpoint;
}

async function setApplications(
  manager: EntityManager,
  endpoint: EndpointEntity,
  applicationIds: readonly string[],
): Promise<string[]> {
  const { tenantId, endpointId } = endpoint;
  const wanted = [...new Set(applicationIds)].toSorted();
  if (wanted.length === 0) throw new TenancyError('invalid', 'An endpoint needs at least one application.');
  const owned = await manager.getRepository(ApplicationEntity).countBy({ tenantId, applicationId: In(wanted) });
  if (owned !== wanted.length) throw notFound('application');
  await manager.getRepository(EndpointApplicationEntity).delete({ tenantId, endpointId });
  await manager
    .getRepository(EndpointApplicationEntity)
    .insert(wanted.map((applicationId) => ({ tenantId, endpointId, applicationId })));
  return wanted;
}

function auditOf(action: string, before: EndpointView | null, after: EndpointView) {
  return {
    tenantId: after.tenantId,
    action,
    subjectType: 'endpoint',
    subjectId: after.endpointId,
    before: before && withoutHash(before),
    after: withoutHash(after),
  };
}

/** Whether a secret is demanded is for the audit log, its hash is not. */
function withoutHash({ secretHash, ...rest }: EndpointView): object {
  return { ...rest, secretRequired: secretHash !== null };
}
