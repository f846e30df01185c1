import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import {
  KeyPepper,
  type MutationContext,
  Mutations,
  type Page,
  type PageRequest,
  ScopedDatabase,
  ServiceTokenEntity,
  TenancyError,
  afterId,
  issueKey,
  notFound,
  pageOf,
  parseKey,
  plain,
  runInScope,
  uuidV7,
} from '#libs/tenancy';
import { permissionsOf, permissionsOfScopes } from './permissions.js';
import { type Principal, type Scope, mayDo, tokenPrincipal } from './principal.js';

/** A service token as it may be shown: everything but its hash. */
export type ServiceTokenView = Omit<ServiceTokenEntity, 'hash'>;

/** How often the last use of a token is written at most. */
const LAST_USED_MS = 60_000;

/** Tokens for jobs and scripts: `st_…`, with scopes and an end, stored as HMAC. */
@Injectable()
export class ServiceTokens {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
    private readonly pepper: KeyPepper,
  ) {}

  /**
   * The answer holds `token`, the only copy of its text.
   * @throws TenancyError `forbidden` when the token could more than the caller, or would outlive the token that makes it; `invalid`
   *   for a scope that no tenant's token can have
   */
  async create(
    context: MutationContext,
    caller: Principal,
    input: { tenantId: string | null; name: string; scopes: readonly Scope[]; expiresAt: Date },
  ): Promise<ServiceTokenView & { readonly token: string }> {
    refuseBeyond(caller, input);
    const { answer } = await this.mutations.run(context, async (manager) => {
      const { key, prefix } = issueKey(undefined, 'st');
      const view: ServiceTokenView = {
        tokenId: uuidV7(),
        tenantId: input.tenantId,
        name: input.name,
        prefix,
        scopes: [...new Set(input.scopes)],
        version: 1,
        createdAt: new Date(),
        expiresAt: input.expiresAt,
        revokedAt: null,
        lastUsedAt: null,
      };
      await manager.getRepository(ServiceTokenEntity).insert({ ...view, hash: this.pepper.hash(key) });
      return { answer: { ...view, token: key }, audit: auditOf('token.create', null, view) };
    });
    return answer;
  }

  /** Oldest first, revoked and ended ones included. @param tenantId undefined: all tenants' and the operators' own. */
  async list(tenantId: string | undefined, page: PageRequest): Promise<Page<ServiceTokenView>> {
    const after = MoreThan(afterId(page.cursor));
    const rows = await this.database.read((manager) =>
      manager.getRepository(ServiceTokenEntity).find({
        where: { tokenId: after, ...(tenantId === undefined ? {} : { tenantId }) },
        order: { tokenId: 'ASC' },
        take: page.limit + 1,
      }),
    );
    return pageOf(rows, page.limit, (row) => row.tokenId);
  }

  /** @throws TenancyError `not-found` */
  async get(tokenId: string, tenantId?: string): Promise<ServiceTokenView> {
    const row = await this.database.read((manager) =>
      manager.getRepository(ServiceTokenEntity).findOneBy(placeOf(tokenId, tenantId)),
    );
    if (!row) throw notFound('service token');
    return row;
  }

  /** It stops working with the next request. @throws TenancyError `not-found`, `already-revoked` */
  async revoke(context: MutationContext, tokenId: string, tenantId?: string): Promise<ServiceTokenView> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const tokens = manager.getRepository(ServiceTokenEntity);
      const before = await tokens.findOne({
        where: placeOf(tokenId, tenantId),
        lock: { mode: 'pessimistic_write' },
      });
      if (!before) throw notFound('service token');
      if (before.revokedAt !== null) throw new TenancyError('already-revoked', 'This token is revoked already.');
      const after = { ...plain(before), revokedAt: new Date(), version: before.version + 1 };
      await tokens.update({ tokenId }, { revokedAt: after.revokedAt });
      return { answer: after, audit: auditOf('token.revoke', before, after) };
    });
    return answer;
  }

  /** Who the token stands for; null when it is malformed, unknown, revoked or past its end. */
  async principalOf(token: string, now: Date = new Date()): Promise<Principal | null> {
    if (parseKey(token, 'st') === 'malformed') return null;
    const found = await runInScope({ kind: 'operator', actor: 'system:authentication' }, () =>
      this.database.read(async (manager) => {
        const tokens = manager.getRepository(ServiceTokenEntity);
        const row = await tokens.findOneBy({ hash: this.pepper.hash(token), revokedAt: IsNull() });
        if (!row || row.expiresAt <= now) return null;
        if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > LAST_USED_MS) {
          await tokens.update({ tokenId: row.tokenId }, { lastUsedAt: now });
        }
        return row;
      }),
    );
    if (found === null) return null;
    return tokenPrincipal({ ...plain(found), permissions: permissionsOfScopes(found.scopes, found.tenantId) });
  }
}

function placeOf(tokenId: string, tenantId: string | undefined) {
  return tenantId === undefined ? { tokenId } : { tokenId, tenantId };
}

/** No token can more, or longer, than whoever makes it. */
function refuseBeyond(
  caller: Principal,
  wanted: { readonly tenantId: string | null; readonly scopes: readonly Scope[]; readonly expiresAt: Date },
): void {
  const ofNoTenant = wanted.scopes.find((scope) => !permissionsOf('owner').has(scope));
  if (wanted.tenantId !== null && ofNoTenant !== undefined) {
    throw new TenancyError('invalid', `No token of a tenant can have the scope ${ofNoTenant}.`);
  }
  for (const permission of permissionsOfScopes(wanted.scopes, wanted.tenantId)) {
    if (mayDo(caller, permission)) continue;
    throw new TenancyError('forbidden', `The token would have the permission ${permission}, which you have not.`);
  }
  const isToken = caller.person === null && caller.expiresAt !== null;
  if (isToken && caller.expiresAt < wanted.expiresAt) {
    throw new TenancyError('forbidden', 'A token cannot outlive the token that makes it.');
  }
}

function auditOf(action: string, before: ServiceTokenView | null, after: ServiceTokenView) {
  return { tenantId: after.tenantId, action, subjectType: 'token', subjectId: after.tokenId, before, after };
}
