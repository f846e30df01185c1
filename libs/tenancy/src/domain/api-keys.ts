import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { KeyRules } from '#libs/policy';
import { hashSecret, issueKey } from '../api-key.js';
import { ApiKeyEntity, plain } from '../entities/index.js';
import { ScopedDatabase } from '../scope/scoped-database.js';
import { uuidV7 } from '../uuid-v7.js';
import { lockEndpoint } from './endpoints.js';
import { type MutationContext, Mutations } from './mutations.js';
import { type Page, type PageRequest, afterId, pageOf } from './page.js';
import { storedKeyRules } from './rules.js';
import { TenancyError, notFound } from './tenancy-error.js';

/** A key as it may be shown: everything but its hash. */
export type ApiKeyView = Omit<ApiKeyEntity, 'hash'>;

/** The pepper, as a class so that Nest can inject it and nothing prints it. */
export class KeyPepper {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  /** HMAC-SHA-256 of a key or token under the pepper. */
  hash(secret: string): Buffer {
    return hashSecret(secret, this.#value);
  }
}

/** Keys of an endpoint: made (the text is shown once and not stored), listed, revoked. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
    private readonly pepper: KeyPepper,
  ) {}

  /** The answer holds `key`, the only copy of its text. @throws TenancyError `not-found` for the endpoint */
  async create(
    context: MutationContext,
    tenantId: string,
    endpointId: string,
    input: { name: string; rules?: KeyRules | null | undefined; expiresAt?: Date | null | undefined },
  ): Promise<ApiKeyView & { readonly key: string }> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      await lockEndpoint(manager, tenantId, endpointId);
      if (input.expiresAt && input.expiresAt <= new Date())
        throw new TenancyError('invalid', 'expiresAt: is over already.');
      const { key, prefix } = issueKey();
      const view: ApiKeyView = {
        keyId: uuidV7(),
        tenantId,
        endpointId,
        name: input.name,
        prefix,
        rules: input.rules ? storedKeyRules(input.rules) : null,
        expiresAt: input.expiresAt ?? null,
        replacesKeyId: null,
        version: 1,
        createdAt: new Date(),
        revokedAt: null,
        lastUsedAt: null,
      };
      await manager.getRepository(ApiKeyEntity).insert({ ...view, hash: this.pepper.hash(key) } as object);
      return { answer: { ...view, key }, audit: auditOf('key.create', null, view) };
    });
    return answer;
  }

  /**
   * Makes a key with the same name, rules and end; the old one works for `overlapSeconds` longer, or not at all.
   * @throws TenancyError `not-found`, `already-revoked`
   */
  async rotate(
    context: MutationContext,
    tenantId: string,
    endpointId: string,
    keyId: string,
    overlapSeconds: number,
  ): Promise<ApiKeyView & { readonly key: string }> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const keys = manager.getRepository(ApiKeyEntity);
      const before = await keys.findOne({
        where: { tenantId, endpointId, keyId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!before) throw notFound('key');
      const now = new Date();
      if (before.revokedAt !== null || (before.expiresAt !== null && before.expiresAt <= now)) {
        throw new TenancyError('already-revoked', 'This key no longer works. Create a new one.');
      }
      const overlapEnd = new Date(now.getTime() + overlapSeconds * 1_000);
      // An end that comes sooner stays.
      const expiresAt = before.expiresAt !== null && before.expiresAt < overlapEnd ? before.expiresAt : overlapEnd;
      await keys.update({ tenantId, keyId }, overlapSeconds === 0 ? { revokedAt: now } : { expiresAt });
      const { key, prefix } = issueKey();
      const view: ApiKeyView = {
        ...plain(before),
        keyId: uuidV7(),
        prefix,
        replacesKeyId: keyId,
        version: 1,
        createdAt: now,
        lastUsedAt: null,
      };
      await keys.insert({ ...view, hash: this.pepper.hash(key) } as object);
      return { answer: { ...view, key }, audit: auditOf('key.rotate', before, view) };
    });
    return answer;
  }

  /** Every gateway refuses the key within a second. @throws TenancyError `not-found`, `already-revoked` */
  async revoke(context: MutationContext, tenantId: string, endpointId: string, keyId: string): Promise<ApiKeyView> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const keys = manager.getRepository(ApiKeyEntity);
      const before = await keys.findOne({
        where: { tenantId, endpointId, keyId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!before) throw notFound('key');
      if (before.revokedAt !== null) throw new TenancyError('already-revoked', 'This key is revoked already.');
      const after = { ...plain(before), revokedAt: new Date(), version: before.version + 1 };
      await keys.update({ tenantId, keyId }, { revokedAt: after.revokedAt });
      return { answer: after, audit: auditOf('key.revoke', before, after) };
    });
    return answer;
  }

  /** @throws TenancyError `not-found` */
  async get(tenantId: string, endpointId: string, keyId: string): Promise<ApiKeyView> {
    const key = await this.database.read((manager) =>
      manager.getRepository(ApiKeyEntity).findOneBy({ tenantId, endpointId, keyId }),
    );
    if (!key) throw notFound('key');
    return key;
  }

  /** Keys of one endpoint, revoked ones included. */
  async list(tenantId: string, endpointId: string, page: PageRequest): Promise<Page<ApiKeyView>> {
    const after = MoreThan(afterId(page.cursor));
    const rows = await this.database.read((manager) =>
      manager.getRepository(ApiKeyEntity).find({
        where: { tenantId, endpointId, keyId: after },
        order: { keyId: 'ASC' },
        take: page.limit + 1,
      }),
    );
    return pageOf(rows, page.limit, (row) => row.keyId);
  }
}

function auditOf(action: string, before: ApiKeyView | null, after: ApiKeyView) {
  return { tenantId: after.tenantId, action, subjectType: 'key', subjectId: after.keyId, before, after };
}
