import { describe, expect, it } from 'vitest';
import {
  PERMISSIONS,
  ROLES,
  TABLE,
  TENANT_ROLES,
  includesAll,
  permissionsOf,
  permissionsOfScopes,
} from './permissions.js';

describe('the table of permissions', () => {
  it('has a cell for every role in every row', () => {
    for (const permission of PERMISSIONS) expect(TABLE[permission][0]).toHaveLength(ROLES.length);
  });

  it('gives operators everything, and support exactly what only reads', () => {
    expect([...permissionsOf('operator')]).toEqual(PERMISSIONS);
    expect([...permissionsOf('support')]).toEqual(PERMISSIONS.filter((permission) => permission.endsWith(':read')));
  });

  it('gives read-only members nothing that changes anything', () => {
    expect([...permissionsOf('read-only')].filter((permission) => !permission.endsWith(':read'))).toEqual([]);
  });

  it('lets whoever writes a thing read it', () => {
    for (const role of ROLES) {
      for (const permission of permissionsOf(role)) {
        const reading = permission.replace(/:write$/, ':read') as keyof typeof TABLE;
        expect(permissionsOf(role).has(reading), `${role} ${reading}`).toBe(true);
      }
    }
  });

  it('ranks owner over admin over the others, so that admins grant every role but owner', () => {
    for (const role of TENANT_ROLES) {
      expect(includesAll(permissionsOf('owner'), permissionsOf(role)), role).toBe(true);
      expect(includesAll(permissionsOf('admin'), permissionsOf(role)), role).toBe(role !== 'owner');
    }
    expect(includesAll(permissionsOf('developer'), permissionsOf('billing'))).toBe(false);
    expect(includesAll(permissionsOf('billing'), permissionsOf('developer'))).toBe(false);
  });

  it('keeps the operators’ own business from every tenant role', () => {
    for (const role of TENANT_ROLES) {
      for (const permission of ['tenants:manage', 'applications:stake', 'billing:write', 'operations:read'] as const) {
        expect(permissionsOf(role).has(permission), `${role} ${permission}`).toBe(false);
      }
    }
  });
});

describe('scopes of a service token', () => {
  it('open what they name; writing includes reading', () => {
    expect([...permissionsOfScopes(['usage:read'], 'a')]).toEqual(['usage:read']);
    expect([...permissionsOfScopes(['keys:write'], 'a')].toSorted()).toEqual(['keys:read', 'keys:write']);
    expect(permissionsOfScopes([], null).size).toBe(0);
  });

  it('tenants:write opens everything below the tenant but people, tokens and money', () => {
    const held = permissionsOfScopes(['tenants:write'], 'a');
    for (const one of ['endpoints:write', 'keys:write', 'applications:write', 'alerts:read', 'tenants:read'] as const) {
      expect(held.has(one), one).toBe(true);
    }
    for (const one of ['members:read', 'tokens:read', 'billing:read', 'tenants:manage', 'tenants:own'] as const) {
      expect(held.has(one), one).toBe(false);
    }
  });

  it('of a tenant never open what its owner may not do', () => {
    const held = permissionsOfScopes(PERMISSIONS, 'a');
    expect(held).toEqual(permissionsOf('owner'));
    expect(permissionsOfScopes(PERMISSIONS, null)).toEqual(new Set(PERMISSIONS));
  });

  it('that name nothing of ours open nothing', () => {
    expect(permissionsOfScopes(['*', 'admin', '__proto__', 'constructor', 'usage:write'], null).size).toBe(0);
  });
});
