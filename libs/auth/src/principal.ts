/** What a credential may do. `write` scopes include reading. */
export const SCOPES = ['tenants:read', 'tenants:write', 'usage:read', 'network:read', 'tokens:write'] as const;

/** One of {@link SCOPES}. */
export type Scope = (typeof SCOPES)[number];

/** Who a request comes from, as its credential proves. */
export interface Principal {
  /** For the audit log: `operator`, or `token:<uuid>`. */
  readonly actor: string;
  /** The only tenant this credential may see; null: an operator's, which sees all. */
  readonly tenantId: string | null;
  readonly scopes: ReadonlySet<Scope>;
}

const IMPLIED: Partial<Record<Scope, Scope>> = { 'tenants:read': 'tenants:write' };

/** True when the principal has the scope, or the one that includes it. */
export function mayDo(principal: Principal, scope: Scope): boolean {
  const including = IMPLIED[scope];
  return principal.scopes.has(scope) || (including !== undefined && principal.scopes.has(including));
}

/** True when the principal may touch this tenant's things at all. */
export function maySee(principal: Principal, tenantId: string): boolean {
  return principal.tenantId === null || principal.tenantId === tenantId;
}
