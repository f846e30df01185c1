import { Injectable } from '@nestjs/common';
import {
  KeyPepper,
  type MutationContext,
  Mutations,
  type Page,
  type PageRequest,
  ScopedDatabase,
  TenancyError,
  afterId,
  issueKey,
  notFound,
  pageOf,
  parseKey,
  runInScope,
  uuidV7,
} from '#libs/tenancy';
import type { EntityManager } from 'typeorm';
import type { TenantRole } from '../permissions.js';
import type { Person, Principal } from '../principal.js';
import { demandGrant } from './members.js';

/** An invitation as it may be shown: without its token. */
export interface Invitation {
  readonly invitationId: string;
  readonly tenantId: string;
  readonly email: string;
  readonly role: TenantRole;
  /** The actor of the audit log. */
  readonly invitedBy: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly acceptedBy: string | null;
  readonly revokedAt: Date | null;
}

const COLUMNS = `invitation_id AS "invitationId", tenant_id AS "tenantId", email, role, invited_by AS "invitedBy", version,
  created_at AS "createdAt", expires_at AS "expiresAt", accepted_at AS "acceptedAt", accepted_by AS "acceptedBy",
  revoked_at AS "revokedAt"`;

const OPEN = 'accepted_at IS NULL AND revoked_at IS NULL';

/** Invitations to a tenant: a token for one person and one use, stored as HMAC, with an end. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
    private readonly pepper: KeyPepper,
  ) {}

  /**
   * The answer holds `token`, the only copy of its text. An open invitation of the same address is withdrawn.
   * @throws TenancyError `forbidden` for a role above the caller's, `already-member`
   */
  async create(
    context: MutationContext,
    caller: Principal,
    tenantId: string,
    input: { readonly email: string; readonly role: TenantRole; readonly expiresAt: Date },
  ): Promise<Invitation & { readonly token: string }> {
    demandGrant(caller, input.role);
    const { answer } = await this.mutations.run(context, async (manager) => {
      await demandTenant(manager, tenantId);
      await refuseMember(manager, tenantId, input.email);
      await manager.query(
        `UPDATE identity.invitations SET revoked_at = now() WHERE tenant_id = $1 AND email = $2 AND ${OPEN}`,
        [tenantId, input.email],
      );
      const { key } = issueKey(undefined, 'iv');
      const [made] = await manager.query<Invitation[]>(
        `INSERT INTO identity.invitations (invitation_id, tenant_id, email, role, hash, invited_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`,
        [uuidV7(), tenantId, input.email, input.role, this.pepper.hash(key), context.actor, input.expiresAt],
      );
      if (made === undefined) throw new Error('PostgreSQL wrote an invitation and returned none.');
      return { answer: { ...made, token: key }, audit: auditOf('invitation.create', null, made) };
    });
    return answer;
  }

  /** All of a tenant, used and revoked ones included. */
  async list(tenantId: string, page: PageRequest): Promise<Page<Invitation>> {
    const rows = await this.database.query<Invitation[]>(
      `SELECT ${COLUMNS} FROM identity.invitations WHERE tenant_id = $1 AND invitation_id > $2
        ORDER BY invitation_id LIMIT $3`,
      [tenantId, afterId(page.cursor), page.limit + 1],
    );
    return pageOf(rows, page.limit, (row) => row.invitationId);
  }

  /** @throws TenancyError `not-found`, `already-revoked`, `invitation-unusable` when it was accepted */
  async revoke(context: MutationContext, tenantId: string, invitationId: string): Promise<Invitation> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const [before] = await manager.query<Invitation[]>(
        `SELECT ${COLUMNS} FROM identity.invitations WHERE tenant_id = $1 AND invitation_id = $2 FOR UPDATE`,
        [tenantId, invitationId],
      );
      if (before === undefined) throw notFound('invitation');
      if (before.revokedAt !== null) throw new TenancyError('already-revoked', 'This invitation is revoked already.');
      if (before.acceptedAt !== null) throw unusable('It was accepted; remove the member instead.');
      const after = { ...before, revokedAt: new Date(), version: before.version + 1 };
      await manager.query(`UPDATE identity.invitations SET revoked_at = $2 WHERE invitation_id = $1`, [
        invitationId,
        after.revokedAt,
      ]);
      return { answer: after, audit: auditOf('invitation.revoke', before, after) };
    });
    return answer;
  }

  /**
   * Makes the signed-in person a member. His issuer must vouch for the address that was invited.
   * @throws TenancyError `not-found`, `forbidden`, `invitation-unusable`, `already-member`
   */
  async accept(context: MutationContext, person: Person, token: string): Promise<Invitation> {
    if (parseKey(token, 'iv') === 'malformed') throw notFound('invitation');
    const { answer } = await runInScope({ kind: 'operator', actor: context.actor }, () =>
      this.mutations.run(context, async (manager) => {
        const accepted = await acceptInvitation(manager, this.pepper.hash(token), () => {
          return Promise.resolve(person);
        });
        return { answer: accepted.after, audit: accepted.audit };
      }),
    );
    return answer;
  }
}

/**
 * Uses an invitation up, inside a transaction of the operator scope.
 *
 * @param who the person to become a member; asked once the invitation is found to be open.
 */
export async function acceptInvitation(
  manager: EntityManager,
  hash: Buffer,
  who: (invitation: Invitation) => Promise<Pick<Person, 'userId' | 'email' | 'isEmailVerified'>>,
) {
  const [before] = await manager.query<Invitation[]>(
    `SELECT ${COLUMNS} FROM identity.invitations WHERE hash = $1 FOR UPDATE`,
    [hash],
  );
  if (before === undefined) throw notFound('invitation');
  if (before.revokedAt !== null || before.acceptedAt !== null || before.expiresAt <= new Date()) {
    throw unusable('This invitation is used, revoked or past its end.');
  }
  const person = await who(before);
  if (!person.isEmailVerified || person.email !== before.email) {
    throw new TenancyError(
      'forbidden',
      'The invitation is for another address, or your issuer has not verified yours.',
    );
  }
  const joined = await manager.query<unknown[]>(
    `INSERT INTO identity.memberships (tenant_id, user_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1`,
    [before.tenantId, person.userId, before.role],
  );
  if (joined.length === 0) throw new TenancyError('already-member', 'You are a member of this tenant already.');
  const after: Invitation = {
    ...before,
    acceptedAt: new Date(),
    acceptedBy: person.userId,
    version: before.version + 1,
  };
  await manager.query(`UPDATE identity.invitations SET accepted_at = $2, accepted_by = $3 WHERE invitation_id = $1`, [
    before.invitationId,
    after.acceptedAt,
    after.acceptedBy,
  ]);
  return { after, audit: auditOf('invitation.accept', before, after) };
}

async function demandTenant(manager: EntityManager, tenantId: string): Promise<void> {
  const found = await manager.query<unknown[]>(`SELECT FROM tenancy.tenants WHERE tenant_id = $1`, [tenantId]);
  if (found.length === 0) throw notFound('tenant');
}

async function refuseMember(manager: EntityManager, tenantId: string, email: string): Promise<void> {
  const found = await manager.query<unknown[]>(
    `SELECT FROM identity.memberships m JOIN identity.users u USING (user_id)
      WHERE m.tenant_id = $1 AND u.email = $2 AND u.email_verified`,
    [tenantId, email],
  );
  if (found.length > 0) throw new TenancyError('already-member', 'A member has this address already.');
}

function unusable(message: string): TenancyError {
  return new TenancyError('invitation-unusable', message);
}

function auditOf(action: string, before: Invitation | null, after: Invitation) {
  const { tenantId, invitationId } = after;
  return { tenantId, action, subjectType: 'invitation', subjectId: invitationId, before, after };
}
