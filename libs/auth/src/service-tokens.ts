import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import {
  KeyPepper,
  type MutationContext,
  Mutations,
  ScopedDatabase,
  ServiceTokenEntity,
  TenancyError,
  issueKey,
  notFound,
  parseKey,
  plain,
  runInScope,
  uuidV7,
} from '#libs/tenancy';
import { permissionsOfScopes } from './permissions.js';
import { type Principal, type Scope, tokenPrincipal } from './principal.js';

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

  /** The answer holds `token`, the only copy of its text. */
  async create(
    context: MutationContext,
    input: { tenantId: string | null; name: string; scopes: readonly Scope[]; expiresAt: Date },
  ): Promise<ServiceTokenView & { readonly token: string }> {
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

  /** It stops working with the next request. @throws TenancyError `not-found`, `already-revoked` */
  async revoke(context: MutationContext, tokenId: string): Promise<ServiceTokenView> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const tokens = manager.getRepository(ServiceTokenEntity);
      const before = await tokens.findOne({ where: { tokenId }, lock: { mode: 'pessimistic_write' } });
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

function auditOf(action: string, before: ServiceTokenView | null, after: ServiceTokenView) {
  return { tenantId: after.tenantId, action, subjectType: 'token', subjectId: after.tokenId, before, after };
}
