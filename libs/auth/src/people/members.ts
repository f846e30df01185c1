import { Injectable } from '@nestjs/common';
import {
  type MutationContext,
  Mutations,
  type Page,
  type PageRequest,
  ScopedDatabase,
  TenancyError,
  afterId,
  notFound,
  pageOf,
} from '#libs/tenancy';
import type { EntityManager } from 'typeorm';
import { type TenantRole, includesAll, permissionsOf } from '../permissions.js';
import type { Principal } from '../principal.js';

/** A member of a tenant as its other members see him. */
export interface Member {
  readonly tenantId: string;
  readonly userId: string;
  readonly role: TenantRole;
  readonly email: string | null;
  readonly name: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const MEMBERS = `SELECT m.tenant_id AS "tenantId", m.user_id AS "userId", m.role, u.email, u.name, m.version,
    m.created_at AS "createdAt", m.updated_at AS "updatedAt"
  FROM identity.memberships m JOIN identity.users u USING (user_id)`;

/**
 * Who belongs to a tenant and as what. Nobody gives, takes or changes a role with a permission that he has not himself, and a
 * tenant that has an owner keeps one. A change is in force with the person's next request.
 */
@Injectable()
export class Members {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
  ) {}

  async list(tenantId: string, page: PageRequest): Promise<Page<Member>> {
    const rows = await this.database.query<Member[]>(
      `${MEMBERS} WHERE m.tenant_id = $1 AND m.user_id > $2 ORDER BY m.user_id LIMIT $3`,
      [tenantId, afterId(page.cursor), page.limit + 1],
    );
    return pageOf(rows, page.limit, (row) => row.userId);
  }

  /** @throws TenancyError `not-found` */
  get(tenantId: string, userId: string): Promise<Member> {
    return this.database.read((manager) => memberOf(manager, tenantId, userId));
  }

  /** @throws TenancyError `not-found`, `forbidden`, `last-owner` */
  async changeRole(
    context: MutationContext,
    caller: Principal,
    tenantId: string,
    userId: string,
    role: TenantRole,
  ): Promise<Member> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const before = await lockMember(manager, tenantId, userId);
      demandGrant(caller, before.role);
      demandGrant(caller, role);
      if (before.role === 'owner' && role !== 'owner') await demandOtherOwner(manager, tenantId, userId);
      await manager.query(
        `UPDATE identity.memberships SET role = $3, updated_at = now() WHERE tenant_id = $1 AND user_id = $2`,
        [tenantId, userId, role],
      );
      await withdrawInvitations(manager, tenantId, userId);
      const after = await memberOf(manager, tenantId, userId);
      return { answer: after, audit: auditOf('member.change-role', before, after) };
    });
    return answer;
  }

  /** @throws TenancyError `not-found`, `forbidden`, `last-owner` */
  async remove(context: MutationContext, caller: Principal, tenantId: string, userId: string): Promise<Member> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const before = await lockMember(manager, tenantId, userId);
      // Whoever leaves needs nobody's leave.
      if (caller.person?.userId !== userId) demandGrant(caller, before.role);
      if (before.role === 'owner') await demandOtherOwner(manager, tenantId, userId);
      await manager.query(`DELETE FROM identity.memberships WHERE tenant_id = $1 AND user_id = $2`, [tenantId, userId]);
      await withdrawInvitations(manager, tenantId, userId);
      return { answer: before, audit: auditOf('member.remove', before, null) };
    });
    return answer;
  }
}

/** Refuses a role that can more than its giver. @throws TenancyError `forbidden` */
export function demandGrant(caller: Principal, role: TenantRole): void {
  if (includesAll(caller.permissions, permissionsOf(role))) return;
  throw new TenancyError('forbidden', `The role ${role} can more than yours, so it is not yours to give or take.`);
}

async function memberOf(manager: EntityManager, tenantId: string, userId: string): Promise<Member> {
  const [row] = await manager.query<Member[]>(`${MEMBERS} WHERE m.tenant_id = $1 AND m.user_id = $2`, [
    tenantId,
    userId,
  ]);
  if (row === undefined) throw notFound('member');
  return row;
}

/** The member, with every membership of the tenant held: two owners who remove each other take turns. */
async function lockMember(manager: EntityManager, tenantId: string, userId: string): Promise<Member> {
  await manager.query(`SELECT FROM identity.memberships WHERE tenant_id = $1 ORDER BY user_id FOR UPDATE`, [tenantId]);
  return memberOf(manager, tenantId, userId);
}

async function demandOtherOwner(manager: EntityManager, tenantId: string, userId: string): Promise<void> {
  const others = await manager.query<unknown[]>(
    `SELECT FROM identity.memberships WHERE tenant_id = $1 AND user_id <> $2 AND role = 'owner' LIMIT 1`,
    [tenantId, userId],
  );
  if (others.length === 0) throw new TenancyError('last-owner', 'This is the tenant’s last owner.');
}

/** What somebody offered with rights that he no longer has is no longer offered. */
async function withdrawInvitations(manager: EntityManager, tenantId: string, userId: string): Promise<void> {
  await manager.query(
    `UPDATE identity.invitations SET revoked_at = now()
      WHERE tenant_id = $1 AND invited_by = $2 AND accepted_at IS NULL AND revoked_at IS NULL`,
    [tenantId, `user:${userId}`],
  );
}

function auditOf(action: string, before: Member, after: Member | null) {
  return { tenantId: before.tenantId, action, subjectType: 'member', subjectId: before.userId, before, after };
}
