import { type OperatorRole, PERMISSIONS, type Permission, type TenantRole, permissionsOf } from './permissions.js';

/** Names that service tokens may have as scopes: the permissions. */
export const SCOPES = PERMISSIONS;

/** One of {@link SCOPES}. */
export type Scope = Permission;

/** Tenant of a person's request whose path names none of his tenants: it has no rows. */
export const NO_TENANT = '00000000-0000-0000-0000-000000000000';

/** A person, as an issuer knows him. */
export interface Person {
  readonly userId: string;
  readonly issuer: string;
  readonly subject: string;
  /** Lower case; null when the issuer names none. */
  readonly email: string | null;
  readonly isEmailVerified: boolean;
  readonly name: string | null;
  /** The session of the built-in issuer; null for other issuers, whose sessions are theirs. */
  readonly sessionId: string | null;
}

/** Who a request comes from, as its credential proves. */
export interface Principal {
  /** For the audit log: `operator`, `token:<uuid>` or `user:<uuid>`. */
  readonly actor: string;
  /** The only tenant this request may see; null: an operator's, which sees all. Never null for a tenant's member. */
  readonly tenantId: string | null;
  /** What it may do there. */
  readonly permissions: ReadonlySet<Permission>;
  /** Set when a person asks. */
  readonly person: Person | null;
  /** The person's role among the operators. */
  readonly operatorRole: OperatorRole | null;
  /** The person's tenants. */
  readonly memberships: ReadonlyMap<string, TenantRole>;
  /** End of the credential; null: it has none. */
  readonly expiresAt: Date | null;
}

const NO_MEMBERSHIPS: ReadonlyMap<string, TenantRole> = new Map();

/** The bearer of the operator's bootstrap token. */
export function bootstrapOperator(): Principal {
  return {
    actor: 'operator',
    tenantId: null,
    permissions: permissionsOf('operator'),
    person: null,
    operatorRole: 'operator',
    memberships: NO_MEMBERSHIPS,
    expiresAt: null,
  };
}

/** The bearer of a service token. */
export function tokenPrincipal(token: {
  readonly tokenId: string;
  readonly tenantId: string | null;
  readonly permissions: ReadonlySet<Permission>;
  readonly expiresAt: Date;
}): Principal {
  return {
    actor: `token:${token.tokenId}`,
    tenantId: token.tenantId,
    permissions: token.permissions,
    person: null,
    operatorRole: null,
    memberships: NO_MEMBERSHIPS,
    expiresAt: token.expiresAt,
  };
}

/** A signed-in person, before a path says which tenant it is about: see {@link onPath}. */
export function personPrincipal(known: {
  readonly person: Person;
  readonly operatorRole: OperatorRole | null;
  readonly memberships: ReadonlyMap<string, TenantRole>;
  readonly expiresAt: Date | null;
}): Principal {
  const permissions = new Set(known.operatorRole === null ? [] : permissionsOf(known.operatorRole));
  for (const role of known.memberships.values()) for (const one of permissionsOf(role)) permissions.add(one);
  const tenantId = known.operatorRole === null ? NO_TENANT : null;
  return { ...known, actor: `user:${known.person.userId}`, tenantId, permissions };
}

/**
 * The principal on a path. Of a person it leaves what his roles allow in the path's tenant: a member acts as that tenant, whatever
 * he is elsewhere; an operator who is no member there acts as operator; anybody else has no permission and no tenant.
 */
export function onPath(principal: Principal, pathTenantId: string | undefined): Principal {
  const { person, operatorRole, memberships } = principal;
  if (person === null) return principal;
  const ofOperator = operatorRole === null ? new Set<Permission>() : permissionsOf(operatorRole);
  if (pathTenantId === undefined) return operatorRole === null ? principal : { ...principal, permissions: ofOperator };
  const role = memberships.get(pathTenantId);
  if (operatorRole === 'operator' || role === undefined) {
    return { ...principal, tenantId: operatorRole === null ? NO_TENANT : null, permissions: ofOperator };
  }
  return { ...principal, tenantId: pathTenantId, permissions: new Set([...permissionsOf(role), ...ofOperator]) };
}

/** True when the principal has the permission. */
export function mayDo(principal: Principal, permission: Permission): boolean {
  return principal.permissions.has(permission);
}

/** True when the principal may touch this tenant's things at all. */
export function maySee(principal: Principal, tenantId: string): boolean {
  return principal.tenantId === null || principal.tenantId === tenantId;
}
