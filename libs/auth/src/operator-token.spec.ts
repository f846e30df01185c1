import { describe, expect, it } from 'vitest';
import { OperatorToken } from './operator-token.js';
import { type Principal, type Scope, mayDo, maySee } from './principal.js';

const principal = (tenantId: string | null, ...scopes: Scope[]): Principal => ({
  actor: 'token:test',
  tenantId,
  scopes: new Set(scopes),
});

describe('the operator token', () => {
  it('matches itself and nothing else, of any length', () => {
    const token = new OperatorToken('a'.repeat(40));
    expect(token.matches('a'.repeat(40))).toBe(true);
    for (const other of ['', 'a', 'a'.repeat(39), 'a'.repeat(41), `${'a'.repeat(39)}b`]) {
      expect(token.matches(other)).toBe(false);
    }
  });

  it('shows itself in no serialisation', () => {
    const token = new OperatorToken('canary-canary-canary-canary-canary');
    expect(JSON.stringify(token)).not.toContain('canary');
  });
});

describe('scopes', () => {
  it('allow what they name; writing includes reading and nothing else', () => {
    expect(mayDo(principal(null, 'tenants:read'), 'tenants:read')).toBe(true);
    expect(mayDo(principal(null, 'tenants:read'), 'tenants:write')).toBe(false);
    expect(mayDo(principal(null, 'tenants:write'), 'tenants:read')).toBe(true);
    expect(mayDo(principal(null, 'tenants:write'), 'usage:read')).toBe(false);
    expect(mayDo(principal(null), 'network:read')).toBe(false);
  });

  it('of a tenant’s credential end at its tenant', () => {
    expect(maySee(principal('a', 'tenants:write'), 'a')).toBe(true);
    expect(maySee(principal('a', 'tenants:write'), 'b')).toBe(false);
    expect(maySee(principal(null, 'tenants:write'), 'b')).toBe(true);
  });
});
