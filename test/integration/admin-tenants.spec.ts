import { createKeyResolver } from './admin-key-resolver.js';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { DataSource } from 'typeorm';
import { TenantErasure, runInScope } from '#libs/tenancy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import { type Harness, startHarness } from './admin-harness.js';

let harness: Harness;
let database: DataSource;
let keys: Awaited<ReturnType<typeof createKeyResolver>>;

beforeAll(async () => {
  harness = await startHarness();
  database = await new DataSource({ type: 'postgres', url: harness.config.DATABASE_URL }).initialize();
  keys = await createKeyResolver(harness.config);
});

afterAll(async () => {
  await keys?.stop();
  await database?.destroy();
  await harness?.stop();
});

interface Customer {
  readonly path: string;
  readonly tenantId: string;
  readonly applicationId: string;
  readonly address: string;
  readonly publicKey: string;
  readonly key: string;
  readonly token: string;
}

async function customer(name: string): Promise<Customer> {
  const made = async (path: string, body: object) => (await harness.post(path, body)).body;
  const contact = {
    contactEmail: `canary-${name.split(' ')[0]}@example.com`,
    notes: 'canary notes',
    notice: 'canary notice',
  };
  const tenantId = String((await made('/v1/tenants', { name, ...contact }))['tenantId']);
  const path = `/v1/tenants/${tenantId}`;
  const application = await made(`${path}/applications`, {
    source: 'managed',
    name: 'canary application',
    chains: ['eth-mainnet'],
    stakePokt: '1000',
  });
  const endpoint = await made(`${path}/endpoints`, { name: 'e', applicationIds: [application['applicationId']] });
  const key = await made(`${path}/endpoints/${String(endpoint['endpointId'])}/keys`, { name: 'k' });
  const scopes = ['tenants:read', 'tenants:write', 'usage:read'];
  const token = await made('/v1/tokens', { name: 'canary token', tenantId, scopes });
  return {
    path,
    tenantId,
    applicationId: String(application['applicationId']),
    address: String(application['address']),
    publicKey: String(application['publicKey']),
    key: String(key['key']),
    token: String(token['token']),
  };
}

/** What gateways make of a key. */
const seen = async (key: string) => (await keys.resolve(key))?.status ?? null;

describe('searching tenants', () => {
  let wanted: Customer;
  beforeAll(async () => {
    wanted = await customer('Zebra 100% _Labs');
    await customer('Another');
  });

  const search = async (query: Record<string, string>) => {
    const reply = await harness.ask(`/v1/tenants?${new URLSearchParams(query).toString()}`);
    expect(reply.status, reply.text).toBe(200);
    return (reply.body['items'] as Array<{ tenantId: string }>).map((item) => item.tenantId);
  };

  it('finds by a part of the name in any case, and takes % and _ for what they are', async () => {
    expect(await search({ search: 'zEBRA' })).toEqual([wanted.tenantId]);
    expect(await search({ search: '100% _' })).toEqual([wanted.tenantId]);
    expect(await search({ search: 'Z%L' })).toEqual([]);
  });

  it('finds by the beginning of the id or of a key, and by an application’s id, address and public key', async () => {
    for (const text of [
      wanted.tenantId,
      wanted.tenantId.slice(0, 30),
      wanted.key.slice(0, 11),
      wanted.applicationId,
      wanted.address,
      wanted.address.toUpperCase(),
      wanted.publicKey,
    ]) {
      expect(await search({ search: text }), text).toEqual([wanted.tenantId]);
    }
    expect(await search({ search: randomUUID() })).toEqual([]);
  });

  it('refuses a whole key and keeps it out of the log', async () => {
    const reply = await harness.ask(`/v1/tenants?search=${wanted.key}`);
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect(reply.text + harness.logLines.join('')).not.toContain(wanted.key);
  });

  it('finds by status, page by page', async () => {
    await harness.post(`${wanted.path}/suspend`, { reason: 'unpaid' });
    expect(await search({ status: 'suspended' })).toEqual([wanted.tenantId]);
    expect(await search({ status: 'suspended', search: 'nobody' })).toEqual([]);
    await harness.post(`${wanted.path}/resume`);
    const first = await harness.ask('/v1/tenants?status=active&limit=1');
    const second = await harness.ask(`/v1/tenants?status=active&limit=1&cursor=${String(first.body['next'])}`);
    const ids = [first, second].map((page) => (page.body['items'] as Array<{ tenantId: string }>)[0]?.tenantId);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('a tenant’s particulars', () => {
  it('change by PATCH; notes stay with operators; contact and notes stay out of the audit log', async () => {
    const { path, token, tenantId } = await customer('Particular');
    const reply = await harness.ask(path, { method: 'PATCH', body: { name: 'Renamed', notice: null } });
    expect(reply.body).toMatchObject({ name: 'Renamed', notice: null, notes: 'canary notes', version: 2 });
    expect((await harness.ask(path, { token })).body).toMatchObject({ name: 'Renamed', notes: null });
    expect((await harness.ask(path, { method: 'PATCH', body: { name: 'x' }, token })).status).toBe(403);
    expect((await harness.ask(path, { method: 'PATCH', body: {} })).status).toBe(400);
    const audit = await harness.ask(`/v1/audit-entries?tenantId=${tenantId}`);
    expect(audit.text).toContain('hasContactEmail');
    expect(audit.text).not.toMatch(/canary-Particular@|canary notes/);
  });
});

describe('deleting a tenant', () => {
  it('closes its endpoints on gateways within a second, refuses anything new, and is taken back as it was', async () => {
    const { path, key, applicationId } = await customer('Undecided');
    await harness.post(`${path}/suspend`, { reason: 'unpaid' });
    const reply = await harness.ask(`${path}?reason=asked`, { method: 'DELETE' });
    expect(reply.body).toMatchObject({ status: 'deleting', deletionReason: 'asked', erasedAt: null });
    const days = (Date.parse(String(reply.body['deletesAt'])) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThan(30.1);
    await waitFor(
      'the gateways',
      async () => (await keys.resolve(key))?.suspendedReason === 'This account is being closed.',
      1_000,
    );

    const endpoint = { name: 'late', applicationIds: [applicationId] };
    for (const [route, body] of [
      ['endpoints', endpoint],
      ['applications', { source: 'managed', name: 'x', chains: ['1'], stakePokt: '1' }],
      [`applications/${applicationId}/stake`, { stakePokt: '2000' }],
    ] as const) {
      const late = await harness.ask(`${path}/${route}`, { method: 'POST', body });
      expect(late, route).toMatchObject({ status: 409, body: { code: 'tenant-deleting' } });
    }
    const again = await harness.ask(path, { method: 'DELETE' });
    expect(again).toMatchObject({ status: 409, body: { code: 'tenant-deleting' } });

    expect((await harness.post(`${path}/restore`)).body).toMatchObject({ status: 'suspended', deletesAt: null });
    await harness.post(`${path}/resume`);
    await waitFor('the gateways', async () => (await seen(key)) === 'active', 1_000);
    const restored = await harness.ask(`${path}/restore`, { method: 'POST', body: {} });
    expect(restored).toMatchObject({ status: 409, body: { code: 'not-deleting' } });
  });

  it('under one Idempotency-Key is one deletion, and another reason another request', async () => {
    const { path } = await customer('Repeated');
    const headers = { 'idempotency-key': randomUUID() };
    const remove = (reason: string) => harness.ask(`${path}?reason=${reason}`, { method: 'DELETE', headers });
    expect((await remove('moved')).status).toBe(200);
    expect((await remove('moved')).status).toBe(200);
    expect(await remove('unpaid')).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
  });

  it('is not touched before its grace is over', async () => {
    const { path, key, tenantId } = await customer('Waiting');
    await harness.ask(path, { method: 'DELETE' });
    const report = await harness.admin.app.get(TenantErasure).run();
    expect(report.erased).not.toContain(tenantId);
    await harness.post(`${path}/restore`);
    await waitFor('the gateways', async () => (await seen(key)) === 'active', 1_000);
  });

  it('erases keys and everything personal, returns the stake, erases the sealed key, and keeps usage and audit', async () => {
    const { path, key, token, tenantId, applicationId, address } = await customer('Goner');
    await database.query(
      `INSERT INTO metering.usage (day, tenant_id, endpoint_id, application_id, chain, method, key_id, billable_relays)
       VALUES ('2026-11-01', $1, $2, $3, '0021', 'eth_call', $2, 7)`,
      [tenantId, randomUUID(), applicationId],
    );
    const treasury = keys.treasuryAddress;
    const before = harness.ledger.balances.get(treasury) ?? 0n;
    await harness.ask(path, { method: 'DELETE' });
    await database.query(`UPDATE tenancy.tenants SET delete_at = now() WHERE tenant_id = $1`, [tenantId]);
    const erasure = harness.admin.app.get(TenantErasure);

    // Whoever starts it: the role of a request's scope may not delete what the system alone writes.
    const inScope = () => runInScope({ kind: 'operator', actor: 'operator' }, () => erasure.run());
    const first = await Promise.all([inScope(), inScope()]);
    expect(first.flatMap((report) => report.erased).filter((id) => id === tenantId)).toHaveLength(1);
    expect(harness.ledger.applications.get(address)?.status).toBe(1);
    // What waits for the network keeps its key until the stake is back.
    const sealed = () =>
      database.query<Array<{ sealed: boolean }>>(
        `SELECT sealed_private_key IS NOT NULL AS sealed FROM tenancy.applications WHERE application_id = $1`,
        [applicationId],
      );
    expect(await sealed()).toEqual([{ sealed: true }]);
    await waitFor('the gateways', async () => (await seen(key)) === null, 1_000);
    expect((await harness.ask('/v1/tenants', { token })).status).toBe(401);
    expect((await harness.ask(path)).body).toMatchObject({
      name: 'Deleted tenant',
      status: 'deleted',
      contactEmail: null,
      notes: null,
    });

    harness.ledger.applications.delete(address);
    harness.ledger.balances.set(address, (harness.ledger.balances.get(address) ?? 0n) + 1_000_000_000n);
    harness.ledger.produceBlock();
    expect((await erasure.run()).keysErased).toContain(applicationId);
    expect(await sealed()).toEqual([{ sealed: false }]);
    expect(harness.ledger.balances.get(address)).toBe(0n);
    expect((harness.ledger.balances.get(treasury) ?? 0n) - before).toBeGreaterThan(999_900_000n);
    expect(await erasure.run()).toEqual({ erased: [], keysErased: [], waiting: [] });

    const usage = await harness.ask(`${path}/usage?from=2026-11-01&to=2026-11-01`);
    expect(usage.body['items']).toMatchObject([{ billableRelays: '7' }]);
    const audit = await harness.ask(`/v1/audit-entries?tenantId=${tenantId}&limit=200`);
    const actions = (audit.body['items'] as Array<{ action: string }>).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['tenant.create', 'tenant.erase', 'application.key-erase']));

    for (const [method, route, body] of [
      ['PATCH', '', { name: 'back' }],
      ['POST', '/resume', {}],
      ['POST', '/restore', {}],
      ['DELETE', '', undefined],
      ['POST', '/endpoints', { name: 'e', applicationIds: [applicationId] }],
    ] as const) {
      const reply = await harness.ask(`${path}${route}`, { method, ...(body ? { body } : {}) });
      expect(reply, route).toMatchObject({ status: 409, body: { code: 'tenant-deleted' } });
    }
    const stake = { method: 'POST', body: { stakePokt: '2000' } };
    expect((await harness.ask(`${path}/applications/${applicationId}/stake`, stake)).status).toBe(409);
  });

  it('leaves no row of the tenant in any table but those that bill, prove and account', async () => {
    const [erased] = await database.query<Array<{ id: string }>>(
      `SELECT tenant_id AS id FROM tenancy.tenants WHERE erased_at IS NOT NULL`,
    );
    const tables = await database.query<Array<{ name: string }>>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.columns
        WHERE column_name = 'tenant_id' AND table_schema <> 'information_schema' ORDER BY 1`,
    );
    const left: string[] = [];
    for (const { name } of tables) {
      const [row] = await database.query<Array<{ count: string }>>(
        `SELECT count(*) FROM ${name} WHERE tenant_id = $1`,
        [erased?.id],
      );
      if (row?.count !== '0') left.push(name);
    }
    const kept = ['tenancy.applications', 'tenancy.audit_entries', 'tenancy.plan_assignments', 'tenancy.tenants'];
    expect(left.filter((name) => !name.startsWith('metering.') && !kept.includes(name))).toEqual([]);
  });
});

/** Asks, and hangs up when the answer begins. Not by fetch, which opens a connection anew for every one that it aborts. */
async function goAway(path: string): Promise<void> {
  const headers = { authorization: `Bearer ${harness.config.ADMIN_TOKEN}` };
  const asked = request(`${harness.admin.url.replace('[::1]', '127.0.0.1')}${path}`, { headers, agent: false }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.destroy();
}

describe('an export', () => {
  it('holds every thing of the tenant once, no secret, and says that it is whole', async () => {
    const { path, key, token, tenantId, applicationId } = await customer('Exported');
    const other = await customer('Stranger');
    await database.query(
      `INSERT INTO metering.usage (day, tenant_id, endpoint_id, application_id, chain, method, key_id, billable_relays)
       SELECT '2026-11-02', $1, $2, $3, '0021', 'm' || n, $2, n FROM generate_series(1, 700) AS n`,
      [tenantId, randomUUID(), applicationId],
    );
    const reply = await harness.ask(`${path}/export`);
    expect(reply.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = reply.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ type: 'export', tenantId });
    expect(lines.at(-1)).toEqual({ type: 'end', lines: lines.length - 1 });
    const count = (type: string) => lines.filter((line) => line['type'] === type).length;
    expect([count('tenant'), count('application'), count('endpoint'), count('key'), count('token')]).toEqual([
      1, 1, 1, 1, 1,
    ]);
    expect(lines.find((line) => line['type'] === 'usage')).toMatchObject({ billableRelays: String((700 * 701) / 2) });
    expect(count('audit-entry')).toBeGreaterThanOrEqual(4);
    for (const secret of [key, token, other.tenantId, 'sealedPrivateKey', 'secretHash', '"hash"']) {
      expect(reply.text, secret).not.toContain(secret);
    }
    const json = await harness.ask(`${path}/export?format=json`);
    expect(JSON.parse(json.text)).toHaveLength(lines.length);
  });

  it('is the owner’s and the operator’s, and a connection is free again when its reader goes', async () => {
    const { path, token } = await customer('Private');
    expect((await harness.ask(`${path}/export`, { token })).status).toBe(403);
    for (let attempt = 0; attempt < 6; attempt += 1) await goAway(`${path}/export`);
    await waitFor('the gateways', async () => (await harness.ask(`${path}/export`)).status === 200, 5_000);
  });
});

describe('a managed application', () => {
  it('moves to a new key under its id and is withdrawn when unstaked, each once, audited, by operators alone', async () => {
    const { path, token, applicationId, address, tenantId } = await customer('Mover');
    const route = `${path}/applications/${applicationId}`;
    const headers = { 'idempotency-key': randomUUID() };
    expect((await harness.ask(`${route}/transfer`, { method: 'POST', token })).status).toBe(403);
    const stale = await harness.ask(`${route}/transfer`, { method: 'POST', headers: { 'if-match': '"0"' } });
    expect(stale.status).toBe(412);
    const moved = await harness.post(`${route}/transfer`, {}, { headers });
    expect(moved.body).toMatchObject({ applicationId, state: 'staked', isSettled: true, stakedPokt: '1000' });
    expect(moved.body['address']).not.toBe(address);
    expect(harness.ledger.applications.has(address)).toBe(false);
    expect((await harness.post(`${route}/transfer`, {}, { headers })).body['address']).toBe(moved.body['address']);

    const to = 'ab'.repeat(20);
    const early = await harness.ask(`${route}/withdraw`, { method: 'POST', body: { toAddress: to } });
    expect(early).toMatchObject({ status: 409, body: { code: 'application-staked' } });
    await harness.post(`${route}/unstake`);
    const waiting = await harness.ask(`${route}/withdraw`, { method: 'POST', body: {} });
    expect(waiting).toMatchObject({ status: 409, body: { code: 'application-unstaking' } });
    const holder = String(moved.body['address']);
    harness.ledger.applications.delete(holder);
    harness.ledger.balances.set(holder, 1_000_000_000n);
    harness.ledger.produceBlock();
    await harness.post(`${route}/withdraw`, { toAddress: to });
    await harness.post(`${route}/withdraw`, { toAddress: to });
    expect(harness.ledger.balances.get(to)).toBe(999_990_000n);
    const audit = await harness.ask(`/v1/audit-entries?tenantId=${tenantId}&limit=200`);
    const actions = (audit.body['items'] as Array<{ action: string }>).map(({ action }) => action);
    expect(actions.filter((action) => action === 'application.transfer')).toHaveLength(1);
    expect(actions).toContain('application.withdraw');
    expect(audit.text).not.toMatch(/sealed/i);
  });
});
