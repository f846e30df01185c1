/** Roles of the gateway's own people. `support` reads what `operator` reads and changes nothing. */
export const OPERATOR_ROLES = ['operator', 'support'] as const;

/** Roles of a tenant's members. */
export const TENANT_ROLES = ['owner', 'admin', 'developer', 'billing', 'read-only'] as const;

/** One of {@link OPERATOR_ROLES}. */
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** One of {@link TENANT_ROLES}. */
export type TenantRole = (typeof TENANT_ROLES)[number];

/** Any role. */
export type Role = OperatorRole | TenantRole;

/** Columns of {@link TABLE}, left to right. */
export const ROLES = [...OPERATOR_ROLES, ...TENANT_ROLES] as const;

type Row = readonly [boolean, boolean, boolean, boolean, boolean, boolean, boolean];

const Y = true;
const n = false;

/**
 * The one table of who may do what. A role without `Y` is refused, a permission without a row does not exist. Routes name a
 * permission in `@Access`; scopes of service tokens are these permissions; docs/permissions.md is compared with it by a test.
 */
// prettier-ignore
export const TABLE = {
  //                     operator supp owner admin devel bill  read
  'tenants:read':       [[Y,      Y,   Y,    Y,    Y,    Y,    Y], 'The tenant: name, status, plan.'],
  'tenants:write':      [[Y,      n,   Y,    Y,    n,    n,    n], 'The tenant’s name and settings.'],
  'tenants:own':        [[Y,      n,   Y,    n,    n,    n,    n], 'Ownership: who else is owner; the export of everything.'],
  'tenants:manage':     [[Y,      n,   n,    n,    n,    n,    n], 'Tenants as customers: create, suspend, resume, delete, plans.'],
  'members:read':       [[Y,      Y,   Y,    Y,    Y,    Y,    Y], 'Members and open invitations.'],
  'members:write':      [[Y,      n,   Y,    Y,    n,    n,    n], 'Invite, change roles, remove; never above one’s own permissions.'],
  'applications:read':  [[Y,      Y,   Y,    Y,    Y,    Y,    Y], 'Applications, stakes and daily limits.'],
  'applications:write': [[Y,      n,   Y,    Y,    Y,    n,    n], 'Bring an application by its AAT, rename it, retire it.'],
  'applications:stake': [[Y,      n,   n,    n,    n,    n,    n], 'Spend the treasury: managed applications, stake, unstake, transfer.'],
  'endpoints:read':     [[Y,      Y,   Y,    Y,    Y,    Y,    Y], 'Endpoints and their rules, dry runs.'],
  'endpoints:write':    [[Y,      n,   Y,    Y,    Y,    n,    n], 'Create, change, suspend endpoints; demand a secret.'],
  'keys:read':          [[Y,      Y,   Y,    Y,    Y,    n,    Y], 'API keys, without their text.'],
  'keys:write':         [[Y,      n,   Y,    Y,    Y,    n,    n], 'Create, rotate, revoke API keys.'],
  'alerts:read':        [[Y,      Y,   Y,    Y,    Y,    Y,    Y], 'Alert rules, channels and deliveries.'],
  'alerts:write':       [[Y,      n,   Y,    Y,    Y,    Y,    n], 'Alert rules and channels; resend.'],
  'usage:read':         [[Y,      Y,   Y,    Y,    Y,    Y,    Y], 'Usage, exports and the event feed.'],
  'billing:read':       [[Y,      Y,   Y,    Y,    n,    Y,    n], 'Prices and invoice drafts.'],
  'billing:write':      [[Y,      n,   n,    n,    n,    n,    n], 'Prices, credits, invoices.'],
  'tokens:read':        [[Y,      Y,   Y,    Y,    n,    n,    n], 'Service tokens, without their text.'],
  'tokens:write':       [[Y,      n,   Y,    Y,    n,    n,    n], 'Create and revoke service tokens, within one’s own permissions.'],
  'audit:read':         [[Y,      Y,   Y,    Y,    n,    n,    n], 'The audit log.'],
  'network:read':       [[Y,      Y,   Y,    Y,    Y,    Y,    Y], 'Height, session, parameters.'],
  'operations:read':    [[Y,      Y,   n,    n,    n,    n,    n], 'Nodes, queues, settings and gateways as they are now.'],
  'operations:write':   [[Y,      n,   n,    n,    n,    n,    n], 'Cordon, drain, retry, settings, notices, key rotation, sign-in codes.'],
} as const satisfies Readonly<Record<string, readonly [Row, string]>>;

/** What a credential may do: a row of {@link TABLE}. */
export type Permission = keyof typeof TABLE;

/** Every permission, in the table's order. */
export const PERMISSIONS = Object.keys(TABLE) as [Permission, ...Permission[]];

const BY_ROLE: ReadonlyMap<Role, ReadonlySet<Permission>> = new Map(
  ROLES.map((role, column) => [role, new Set(PERMISSIONS.filter((permission) => TABLE[permission][0][column]))]),
);

const NONE: ReadonlySet<Permission> = new Set();

/** What a role may do. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return BY_ROLE.get(role) ?? NONE;
}

/** What scopes of a service token include beside themselves. `x:write` includes `x:read`. */
const INCLUDED: Partial<Record<Permission, readonly Permission[]>> = {
  'tenants:read': ['applications:read', 'endpoints:read', 'keys:read', 'alerts:read'],
  'tenants:write': ['applications:write', 'endpoints:write', 'keys:write', 'alerts:write'],
};

/** What they include beyond that for an operator’s token, which reaches every tenant. */
const INCLUDED_FOR_OPERATORS: Partial<Record<Permission, readonly Permission[]>> = {
  'tenants:read': ['audit:read'],
  'tenants:write': ['tenants:manage', 'applications:stake', 'billing:write'],
  'usage:read': ['billing:read'],
};

/**
 * The permissions that the scopes of a service token amount to. Unknown names open nothing. A tenant’s token never
 * holds what the tenant’s owner does not.
 *
 * @param tenantId the token's tenant; null: an operator's token.
 */
export function permissionsOfScopes(scopes: readonly string[], tenantId: string | null): ReadonlySet<Permission> {
  const held = new Set<Permission>();
  const hold = (permission: Permission): void => {
    if (held.has(permission)) return;
    held.add(permission);
    const reading = permission.replace(/:write$/, ':read');
    if (isPermission(reading)) hold(reading);
    for (const included of INCLUDED[permission] ?? []) hold(included);
    if (tenantId === null) for (const included of INCLUDED_FOR_OPERATORS[permission] ?? []) hold(included);
  };
  for (const scope of scopes) if (isPermission(scope)) hold(scope);
  if (tenantId === null) return held;
  const ceiling = permissionsOf('owner');
  return new Set([...held].filter((permission) => ceiling.has(permission)));
}

/** True for the name of a row of {@link TABLE}. */
export function isPermission(name: string): name is Permission {
  return Object.hasOwn(TABLE, name);
}

/** True when every one of `wanted` is in `held`: the test of each grant, so that nobody gives what he has not. */
export function includesAll(held: ReadonlySet<Permission>, wanted: Iterable<Permission>): boolean {
  for (const permission of wanted) if (!held.has(permission)) return false;
  return true;
}
