import { randomUUID } from 'node:crypto';
import { type TenantRole, TENANT_ROLES, includesAll, permissionsOf } from '#libs/auth';
import { issueKey } from '#libs/tenancy';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';
import { invite, join, newTenant, signedIn } from './identity-actors.js';

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

describe('an invitation', () => {
  it('makes one person a member, once, with the role that it names', async () => {
    const tenantId = await newTenant(harness);
    const token = await invite(harness, tenantId, 'developer', 'ada@example.com');
    const ada = await signedIn(harness, { grant: 'invitation', token, name: 'Ada' });
    const me = (await harness.ask('/v1/me', { token: ada.accessToken })).body;
    expect(me).toMatchObject({
      kind: 'person',
      operatorRole: null,
      permissions: [],
      user: { email: 'ada@example.com', name: 'Ada', issuer: 'built-in' },
      tenants: [{ tenantId, name: 'Acme', role: 'developer' }],
    });
    expect(new Set((me['tenants'] as [{ permissions: string[] }])[0].permissions)).toEqual(permissionsOf('developer'));
    const again = await harness.ask('/v1/auth/token', {
      method: 'POST',
      token: null,
      body: { grant: 'invitation', token },
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'invitation-unusable' } });
    const { items } = (await harness.ask(`/v1/tenants/${tenantId}/invitations`)).body as { items: object[] };
    expect(items).toMatchObject([{ email: 'ada@example.com', acceptedBy: ada.userId, version: 2 }]);
    expect(JSON.stringify(items)).not.toContain(token);
  });

  it('is of no use when revoked, replaced by a newer one, or past its end', async () => {
    const tenantId = await newTenant(harness);
    const attempt = (token: string) =>
      harness.ask('/v1/auth/token', { method: 'POST', token: null, body: { grant: 'invitation', token } });
    const replaced = await invite(harness, tenantId, 'developer', 'bob@example.com');
    const revoked = await invite(harness, tenantId, 'developer', 'Bob@Example.com ');
    expect(await attempt(replaced)).toMatchObject({ status: 409, body: { code: 'invitation-unusable' } });
    const { items } = (await harness.ask(`/v1/tenants/${tenantId}/invitations`)).body as {
      items: Array<{ invitationId: string; revokedAt: string | null }>;
    };
    const open = items.find(({ revokedAt }) => revokedAt === null);
    await harness.post(`/v1/tenants/${tenantId}/invitations/${open?.invitationId}/revoke`);
    expect((await attempt(revoked)).status).toBe(409);
    const expired = await invite(harness, tenantId, 'developer', 'carol@example.com');
    await sql.query(
      `UPDATE identity.invitations SET created_at = now() - interval '9 days', expires_at = now() - interval '1 second'
        WHERE email = 'carol@example.com'`,
    );
    expect((await attempt(expired)).status).toBe(409);
    expect((await attempt(issueKey(undefined, 'iv').key)).status).toBe(404);
    expect((await harness.ask(`/v1/tenants/${tenantId}/members`)).body['items']).toEqual([]);
  });

  it('never makes its bearer somebody who is known already: the same address twice is two people', async () => {
    const [a, b] = [await newTenant(harness), await newTenant(harness)];
    const victim = await join(harness, a, 'owner', 'dave@example.com');
    const taken = await join(harness, b, 'read-only', 'dave@example.com');
    expect(taken.userId).not.toBe(victim.userId);
    expect((await harness.ask(`/v1/tenants/${a}`, { token: taken.accessToken })).status).toBe(404);
  });

  it('joins a signed-in person whose address was invited, and nobody else', async () => {
    const [a, b] = [await newTenant(harness), await newTenant(harness)];
    const eve = await join(harness, a, 'admin', 'eve@example.com');
    const mallory = await join(harness, a, 'admin', 'mallory@example.com');
    const token = await invite(harness, b, 'billing', 'eve@example.com');
    const accept = (accessToken: string) =>
      harness.ask('/v1/invitations/accept', { method: 'POST', body: { token }, token: accessToken });
    expect(await accept(mallory.accessToken)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await accept(harness.config.ADMIN_TOKEN)).status).toBe(403);
    expect(await accept(eve.accessToken)).toMatchObject({ status: 200, body: { acceptedBy: eve.userId } });
    const tenants = (await harness.ask('/v1/tenants', { token: eve.accessToken })).body['items'];
    expect(tenants).toMatchObject([{ tenantId: a }, { tenantId: b }]);
    const third = await invite(harness, b, 'owner', 'eve@example.com').catch((error: Error) => error.message);
    expect(third).toContain('already-member');
  });

  it('stands nowhere in clear', async () => {
    const tenantId = await newTenant(harness);
    const token = await invite(harness, tenantId, 'developer');
    const { refreshToken, accessToken } = await signedIn(harness, { grant: 'invitation', token });
    const { rows } = await sql.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
        WHERE table_schema IN ('identity', 'tenancy') AND table_type = 'BASE TABLE'`,
    );
    for (const { name } of rows) {
      const { rows: found } = await sql.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      const text = found.map((row) => row.text).join('\n');
      for (const secret of [token, refreshToken, accessToken]) expect(text.includes(secret), name).toBe(false);
    }
    for (const secret of [token, refreshToken, accessToken, accessToken.split('.')[2] ?? '']) {
      expect(harness.logLines.some((line) => line.includes(secret))).toBe(false);
    }
  });
});

describe('roles', () => {
  it('give nobody a role that can more than the giver, and take none from such a one', async () => {
    const tenantId = await newTenant(harness);
    const members = new Map<TenantRole, Awaited<ReturnType<typeof join>>>();
    for (const role of TENANT_ROLES) members.set(role, await join(harness, tenantId, role));
    for (const [giver, { accessToken }] of members) {
      const mayInvite = permissionsOf(giver).has('members:write');
      for (const role of TENANT_ROLES) {
        const allowed = mayInvite && includesAll(permissionsOf(giver), permissionsOf(role));
        const body = { email: `${randomUUID()}@example.com`, role };
        const asked = await harness.ask(`/v1/tenants/${tenantId}/invitations`, {
          method: 'POST',
          body,
          token: accessToken,
        });
        expect(asked.status, `${giver} invites ${role}`).toBe(allowed ? 201 : 403);
        // To the role that the other one has already, so that nothing but the right to do it is in question.
        const change = await harness.ask(`/v1/tenants/${tenantId}/members/${members.get(role)?.userId}`, {
          method: 'PATCH',
          body: { role },
          token: accessToken,
        });
        expect(change.status, `${giver} changes ${role}`).toBe(allowed ? 200 : 403);
      }
    }
    const admin = members.get('admin');
    for (const role of ['owner', 'admin'] as const) {
      const itself = await harness.ask(`/v1/tenants/${tenantId}/members/${admin?.userId}`, {
        method: 'PATCH',
        body: { role },
        token: admin?.accessToken ?? '',
      });
      expect(itself.status, role).toBe(role === 'owner' ? 403 : 200);
    }
    const removal = await harness.ask(`/v1/tenants/${tenantId}/members/${members.get('owner')?.userId}/remove`, {
      method: 'POST',
      token: admin?.accessToken ?? '',
    });
    expect(removal).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('leave a tenant its last owner, also when two owners remove each other at once', async () => {
    const tenantId = await newTenant(harness);
    const [first, second] = [await join(harness, tenantId, 'owner'), await join(harness, tenantId, 'owner')];
    const removals = await Promise.all(
      [
        [first, second],
        [second, first],
      ].map(([by, whom]) =>
        harness.ask(`/v1/tenants/${tenantId}/members/${whom?.userId}/remove`, {
          method: 'POST',
          token: by?.accessToken ?? '',
        }),
      ),
    );
    // The second is refused because it is the last, or because its bearer is no member any more.
    expect(removals.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    const { items } = (await harness.ask(`/v1/tenants/${tenantId}/members`)).body as {
      items: Array<{ userId: string }>;
    };
    expect(items).toHaveLength(1);
    const last = items[0]?.userId ?? '';
    const path = `/v1/tenants/${tenantId}/members/${last}`;
    for (const reply of [
      await harness.ask(path, { method: 'PATCH', body: { role: 'admin' } }),
      await harness.ask(`${path}/remove`, { method: 'POST' }),
      await harness.ask(`/v1/tenants/${tenantId}/leave`, {
        method: 'POST',
        token: (last === first.userId ? first : second).accessToken,
      }),
    ]) {
      expect(reply).toMatchObject({ status: 409, body: { code: 'last-owner' } });
    }
  });

  it('end with the next request when the member is removed, and his open invitations with them', async () => {
    const tenantId = await newTenant(harness);
    await join(harness, tenantId, 'owner');
    const admin = await join(harness, tenantId, 'admin');
    const body = { email: 'friend@example.com', role: 'admin' };
    const made = await harness.post(`/v1/tenants/${tenantId}/invitations`, body, { token: admin.accessToken });
    await harness.post(`/v1/tenants/${tenantId}/members/${admin.userId}/remove`);
    expect((await harness.ask(`/v1/tenants/${tenantId}`, { token: admin.accessToken })).status).toBe(404);
    const grant = { grant: 'invitation', token: made.body['token'] };
    expect((await harness.ask('/v1/auth/token', { method: 'POST', body: grant, token: null })).status).toBe(409);
  });

  it('are told with a version that a change may demand, and are changed once under one Idempotency-Key', async () => {
    const tenantId = await newTenant(harness);
    const { userId } = await join(harness, tenantId, 'developer');
    const path = `/v1/tenants/${tenantId}/members/${userId}`;
    const etag = (await harness.ask(path)).headers.get('etag') ?? '';
    const change = (role: string, headers: Record<string, string>) =>
      harness.ask(path, { method: 'PATCH', body: { role }, headers });
    const headers = { 'if-match': etag, 'idempotency-key': randomUUID() };
    expect(await change('billing', headers)).toMatchObject({ status: 200, body: { role: 'billing', version: 2 } });
    expect(await change('billing', headers)).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await change('admin', { 'if-match': etag })).status).toBe(412);
    const { items } = (await harness.ask(`/v1/tenants/${tenantId}/audit-entries`)).body as {
      items: Array<{ action: string; subjectId: string }>;
    };
    const changes = items.filter(({ action, subjectId }) => action === 'member.change-role' && subjectId === userId);
    expect(changes).toHaveLength(1);
  });
});

describe('a tenant’s service tokens', () => {
  it('are made by owners and admins within their own permissions, and never outlive a token that makes them', async () => {
    const tenantId = await newTenant(harness);
    const [owner, admin, developer] = [
      await join(harness, tenantId, 'owner'),
      await join(harness, tenantId, 'admin'),
      await join(harness, tenantId, 'developer'),
    ];
    const make = (token: string, scopes: string[], expiresInDays = 5) =>
      harness.ask(`/v1/tenants/${tenantId}/tokens`, {
        method: 'POST',
        body: { name: 'x', scopes, expiresInDays },
        token,
      });
    expect((await make(developer.accessToken, ['usage:read'])).status).toBe(403);
    expect((await make(admin.accessToken, ['tenants:own'])).status).toBe(403);
    expect((await make(owner.accessToken, ['operations:read'])).status).toBe(400);
    const made = await make(admin.accessToken, ['tokens:write', 'keys:write']);
    expect(made).toMatchObject({ status: 201, body: { tenantId, scopes: ['keys:write', 'tokens:write'] } });
    const token = String(made.body['token']);
    expect((await make(token, ['members:write'])).status).toBe(403);
    expect((await make(token, ['keys:read'], 6)).status).toBe(403);
    expect((await make(token, ['keys:read'], 4)).status).toBe(201);
    const listed = await harness.ask(`/v1/tenants/${tenantId}/tokens`, { token: owner.accessToken });
    expect(listed.body['items']).toHaveLength(2);
    expect(listed.text).not.toContain(token);
    const path = `/v1/tenants/${tenantId}/tokens/${String(made.body['tokenId'])}`;
    expect((await harness.ask(path, { token: owner.accessToken })).body['lastUsedAt']).not.toBeNull();
    await harness.post(`${path}/revoke`, {}, { token: admin.accessToken });
    expect((await harness.ask('/v1/me', { token })).status).toBe(401);
  });
});
