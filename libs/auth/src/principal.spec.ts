import { describe, expect, it } from 'vitest';
import type { OperatorRole, TenantRole } from './permissions.js';
import { permissionsOf, permissionsOfScopes } from './permissions.js';
import { NO_TENANT, bootstrapOperator, mayDo, maySee, onPath, personPrincipal, tokenPrincipal } from './principal.js';

const PERSON = {
  userId: 'u',
  issuer: 'https://issuer',
  subject: 's',
  email: null,
  isEmailVerified: false,
  name: null,
  sessionId: null,
};

function person(operatorRole: OperatorRole | null, memberships: Record<string, TenantRole>) {
  const known = { person: PERSON, operatorRole, expiresAt: null, memberships: new Map(Object.entries(memberships)) };
  return personPrincipal(known);
}

function token(tenantId: string | null, ...scopes: string[]) {
  return tokenPrincipal({
    tokenId: 't',
    tenantId,
    permissions: permissionsOfScopes(scopes, tenantId),
    expiresAt: new Date(0),
  });
}

describe('a principal on a path', () => {
  it('acts with the role of that tenant, never with that of another', () => {
    const both = person(null, { a: 'owner', b: 'read-only' });
    expect(onPath(both, 'a').permissions).toEqual(permissionsOf('owner'));
    expect(onPath(both, 'b').permissions).toEqual(permissionsOf('read-only'));
    expect(maySee(onPath(both, 'b'), 'b')).toBe(true);
    expect(maySee(onPath(both, 'b'), 'a')).toBe(false);
  });

  it('has nothing where it is no member', () => {
    const stranger = onPath(person(null, { a: 'owner' }), 'c');
    expect(stranger.tenantId).toBe(NO_TENANT);
    expect(stranger.permissions.size).toBe(0);
    expect(maySee(stranger, 'c')).toBe(false);
  });

  it('sees no tenant’s rows where the path names none', () => {
    expect(onPath(person(null, { a: 'owner' }), undefined).tenantId).toBe(NO_TENANT);
  });

  it('of support reads everywhere, and writes only where it is a member', () => {
    const support = person('support', { a: 'developer' });
    expect(onPath(support, undefined).tenantId).toBeNull();
    expect(mayDo(onPath(support, undefined), 'keys:write')).toBe(false);
    expect(mayDo(onPath(support, 'b'), 'keys:write')).toBe(false);
    expect(onPath(support, 'b').tenantId).toBeNull();
    expect(mayDo(onPath(support, 'a'), 'keys:write')).toBe(true);
    expect(onPath(support, 'a').tenantId).toBe('a');
  });

  it('of an operator stays the operator’s, whatever he is there', () => {
    expect(onPath(person('operator', { a: 'read-only' }), 'a').tenantId).toBeNull();
    expect(onPath(person('operator', { a: 'read-only' }), 'a').permissions).toEqual(permissionsOf('operator'));
    expect(onPath(bootstrapOperator(), 'a').tenantId).toBeNull();
  });

  it('of a service token stays the token’s', () => {
    expect(onPath(token('a', 'tenants:read'), 'b').tenantId).toBe('a');
    expect(maySee(token('a', 'tenants:write'), 'b')).toBe(false);
    expect(maySee(token(null, 'tenants:write'), 'b')).toBe(true);
  });
});
