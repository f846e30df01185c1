import { randomUUID } from 'node:crypto';
import { issueKey } from '#libs/tenancy';
import { Reflector } from '@nestjs/core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessGuard, BearerStrategy, JwtStrategy } from '#libs/auth';
import { type Harness, startHarness } from './admin-harness.js';

let harness: Harness;
let sql: pg.Client;

beforeAll(async () => {
  harness = await startHarness();
  sql = new pg.Client({ connectionString: harness.config.DATABASE_URL });
  await sql.connect();
});

afterAll(async () => {
  await sql?.end();
  await harness?.stop();
});

async function newToken(scopes: string[], more: Record<string, unknown> = {}): Promise<{ id: string; token: string }> {
  const { body } = await harness.post('/v1/tokens', { name: 'job', scopes, ...more });
  return { id: String(body['tokenId']), token: String(body['token']) };
}

describe('a service token', () => {
  it('opens what its scopes name, and is refused with the missing scope for the rest', async () => {
    const { token } = await newToken(['usage:read']);
    expect((await harness.ask('/v1/usage', { token })).status).toBe(200);
    const refused = await harness.ask('/v1/network', { token });
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(refused.body['detail']).toContain('network:read');
    expect((await harness.ask('/v1/tokens', { method: 'POST', body: {}, token })).status).toBe(403);
  });

  it('stops working when it is revoked and when its time is over', async () => {
    const revoked = await newToken(['usage:read']);
    await harness.post(`/v1/tokens/${revoked.id}/revoke`);
    expect((await harness.ask('/v1/usage', { token: revoked.token })).status).toBe(401);
    const again = await harness.ask(`/v1/tokens/${revoked.id}/revoke`, { method: 'POST' });
    expect(again).toMatchObject({ status: 409, body: { code: 'already-revoked' } });

    const expired = await newToken(['usage:read'], { expiresInDays: 1 });
    expect((await harness.ask('/v1/usage', { token: expired.token })).status).toBe(200);
    await sql.query(
      `UPDATE tenancy.service_tokens SET created_at = now() - interval '2 days', expires_at = now() - interval '1 second'
        WHERE token_id = $1`,
      [expired.id],
    );
    expect((await harness.ask('/v1/usage', { token: expired.token })).status).toBe(401);
  });

  it('notes its last use', async () => {
    const { id, token } = await newToken(['usage:read']);
    await harness.ask('/v1/usage', { token });
    const { rows } = await sql.query(`SELECT last_used_at FROM tenancy.service_tokens WHERE token_id = $1`, [id]);
    expect(rows).toEqual([{ last_used_at: expect.any(Date) as Date }]);
  });

  it('of a tenant is refused for a tenant that does not exist', async () => {
    const body = { name: 'x', scopes: ['usage:read'], tenantId: randomUUID() };
    expect((await harness.ask('/v1/tokens', { method: 'POST', body })).status).toBe(404);
  });
});

describe('credentials that are none', () => {
  it('are all refused alike, without a hint', async () => {
    const headers: Array<Record<string, string>> = [
      {},
      { authorization: '' },
      { authorization: 'Bearer' },
      { authorization: 'Bearer ' },
      { authorization: `Basic ${harness.config.ADMIN_TOKEN}` },
      { authorization: `Bearer ${harness.config.ADMIN_TOKEN} x` },
      { authorization: `Bearer ${harness.config.ADMIN_TOKEN.slice(0, -1)}` },
      { authorization: `Bearer ${issueKey().key}` },
      { authorization: `Bearer ${issueKey(undefined, 'st').key}` },
      { authorization: `Bearer st_${'a'.repeat(32)}_aaaaaa` },
      { authorization: `Bearer ${'a'.repeat(9_000)}` },
      { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvcGVyYXRvciJ9.' },
      { 'x-api-key': harness.config.ADMIN_TOKEN },
      { cookie: `token=${harness.config.ADMIN_TOKEN}` },
    ];
    const details = new Set<unknown>();
    for (const credential of headers) {
      const reply = await harness.ask('/v1/tenants', { token: null, headers: credential });
      expect({ credential, status: reply.status }).toEqual({ credential, status: 401 });
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
      details.add(reply.body['detail']);
    }
    expect(details.size).toBe(1);
    const query = await harness.ask(`/v1/tenants?token=${harness.config.ADMIN_TOKEN}`, { token: null });
    expect(query.status).toBe(401);
  });
});

describe('deny by default', () => {
  it('a route without a rule is refused even to the operator', async () => {
    class Unruled {}
    const handler = (): string => 'never';
    const guard = new AccessGuard(
      new Reflector(),
      harness.admin.app.get(BearerStrategy, { strict: false }),
      harness.admin.app.get(JwtStrategy, { strict: false }),
    );
    const request = { headers: { authorization: `Bearer ${harness.config.ADMIN_TOKEN}` }, params: {} };
    const context = {
      getHandler: () => handler,
      getClass: () => Unruled,
      switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({}) }),
    };
    await expect(guard.canActivate(context as never)).rejects.toThrow('No rule allows this route.');
  });

  it('every documented route but the public ones asks for a credential', async () => {
    const open: string[] = [];
    for (const { method, url } of harness.admin.routes) {
      if (method === 'HEAD' || method === 'OPTIONS' || /^\/(docs|openapi\.json)/.test(url)) continue;
      const path = url.replaceAll(/:\w+/g, randomUUID());
      const reply = await harness.ask(path, { method, token: null, ...(method === 'GET' ? {} : { body: {} }) });
      if (reply.status !== 401) open.push(`${method} ${url}`);
    }
    expect(open.toSorted()).toEqual([
      'GET /.well-known/jwks.json',
      'GET /.well-known/openid-configuration',
      'GET /livez',
      'GET /llms.txt',
      'GET /problems',
      'GET /problems/:code',
      'GET /readyz',
      'GET /v1/chains',
      'POST /v1/auth/token',
    ]);
  });
});
