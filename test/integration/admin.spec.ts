import { createHash, randomUUID } from 'node:crypto';
import { checkAat, generateKeyPair, makeAat, type Aat } from '#libs/protocol';
import { SnapshotStore } from '#libs/tenancy';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Harness, type Reply, startHarness } from './admin-harness.js';

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

const text = (reply: Reply, field: string): string => String(reply.body[field]);

async function newTenant(): Promise<string> {
  return text(await harness.post('/v1/tenants', { name: 'Tenant' }), 'tenantId');
}

async function newApplication(tenantId: string, stakePokt = '25000', headers = {}): Promise<Reply> {
  const body = { source: 'managed', name: 'app', chains: ['eth-mainnet'], stakePokt };
  return harness.post(`/v1/tenants/${tenantId}/applications`, body, { headers });
}

async function newEndpoint(tenantId: string, applicationId: string): Promise<string> {
  const body = { name: 'endpoint', applicationIds: [applicationId] };
  return text(await harness.post(`/v1/tenants/${tenantId}/endpoints`, body), 'endpointId');
}

describe('from nothing to a key', () => {
  it('takes four calls, and a gateway then resolves the key with the limit that the stake buys', async () => {
    const tenantId = await newTenant();
    const application = await newApplication(tenantId);
    expect(application.status).toBe(201);
    expect(application.body).toMatchObject({
      state: 'staked',
      isSettled: true,
      failure: null,
      chains: ['0021'],
      stakedUpokt: '25000000000',
      stakedPokt: '25000',
      dailyRelaysMax: 1_000_000,
      sessionRelaysMax: '41750',
      sessionRelaysPerNodeMax: '8350',
      usedToday: { used: 0, remaining: 1_000_000 },
    });
    const aat = application.body['aat'] as Aat;
    expect(() => checkAat(aat)).not.toThrow();
    expect(aat.client_pub_key).toBe(harness.config.GATEWAY_CLIENT_PUBLIC_KEY);
    expect(aat.app_pub_key).toBe(text(application, 'publicKey'));

    const path = `/v1/tenants/${tenantId}/applications/${text(application, 'applicationId')}`;
    await vi.waitFor(
      async () => expect((await harness.ask(path)).body['usedToday']).toMatchObject({ used: 0, source: 'redis' }),
      { timeout: 10_000, interval: 50 },
    );
    const endpointId = await newEndpoint(tenantId, text(application, 'applicationId'));
    const created = await harness.post(`/v1/tenants/${tenantId}/endpoints/${endpointId}/keys`, { name: 'web' });
    expect(text(created, 'url')).toBe(`http://127.0.0.1:4000/v1/${text(created, 'key')}/{chain}`);

    const store = new SnapshotStore({ url: harness.config.DATABASE_URL, pepper: harness.config.API_KEY_PEPPER });
    await store.start();
    try {
      const snapshot = await store.resolve(text(created, 'key'));
      expect(snapshot).toMatchObject({ endpointId, tenantId, keyId: text(created, 'keyId'), status: 'active' });
      expect(() => checkAat(snapshot!.applications[0]!.aat)).not.toThrow();
      expect(snapshot?.applications[0]).toMatchObject({ dailyRelaysMax: 1_000_000, chains: ['0021'], active: true });

      const applicationPath = `/v1/tenants/${tenantId}/applications/${text(application, 'applicationId')}`;
      const raised = await harness.post(`${applicationPath}/stake`, { stakePokt: '30000.5' });
      expect(raised.body).toMatchObject({
        stakedUpokt: '30000500000',
        stakedPokt: '30000.5',
        dailyRelaysMax: 1_200_020,
      });
      await vi.waitFor(async () => {
        const now = await store.resolve(text(created, 'key'));
        expect(now?.applications[0]?.dailyRelaysMax).toBe(1_200_020);
      });
      const lower = await harness.ask(`${applicationPath}/stake`, { method: 'POST', body: { stakePokt: '1' } });
      expect(lower).toMatchObject({ status: 409, body: { code: 'stake-lower' } });

      const unstaked = await harness.post(`${applicationPath}/unstake`);
      expect(unstaked.body).toMatchObject({ state: 'unstaking', isSettled: true, dailyRelaysMax: 0 });
      const sends = harness.ledger.succeeded('pos/Send');
      const again = await harness.ask(`${applicationPath}/stake`, { method: 'POST', body: { stakePokt: '50000' } });
      expect(again).toMatchObject({ status: 409, body: { code: 'application-unstaking' } });
      expect(harness.ledger.succeeded('pos/Send')).toBe(sends);
      await vi.waitFor(async () => {
        const now = await store.resolve(text(created, 'key'));
        expect(now?.applications[0]).toMatchObject({ dailyRelaysMax: 0, active: false });
      });

      await harness.post(`/v1/tenants/${tenantId}/endpoints/${endpointId}/keys/${text(created, 'keyId')}/revoke`);
      await vi.waitFor(async () => expect(await store.resolve(text(created, 'key'))).toBeNull(), { timeout: 1_000 });
    } finally {
      await store.stop();
    }
  });

  it('accepts a ready-made AAT only when it is valid, for this gateway, and its application is staked', async () => {
    const tenantId = await newTenant();
    const path = `/v1/tenants/${tenantId}/applications`;
    const application = generateKeyPair();
    const upload = (aat: Aat) =>
      harness.ask(path, { method: 'POST', body: { source: 'ready-made', name: 'own', aat } });
    const aat = makeAat(application, harness.gatewayKey.publicKeyHex);

    expect(await upload(aat)).toMatchObject({ status: 409, body: { code: 'application-not-staked' } });
    harness.ledger.applications.set(application.addressHex, {
      addressHex: application.addressHex,
      publicKeyHex: application.publicKeyHex,
      chains: ['0021', '0009'],
      jailed: false,
      maxRelays: 1_670n,
      stakedUpokt: 1_000_000_000n,
      status: 2,
      unstakingTime: '0001-01-01T00:00:00Z',
    });
    const forged = { ...aat, signature: `${aat.signature.slice(0, -2)}${aat.signature.endsWith('00') ? '11' : '00'}` };
    expect(await upload(forged)).toMatchObject({ status: 400, body: { code: 'aat-invalid' } });
    const elsewhere = makeAat(application, generateKeyPair().publicKeyHex);
    expect(await upload(elsewhere)).toMatchObject({
      status: 400,
      body: { code: 'aat-for-another-gateway', clientPublicKey: harness.gatewayKey.publicKeyHex },
    });
    expect(await upload(aat)).toMatchObject({
      status: 201,
      body: { source: 'ready-made', state: 'staked', chains: ['0021', '0009'], dailyRelaysMax: 40_000 },
    });
    expect(await upload(aat)).toMatchObject({ status: 409, body: { code: 'application-registered' } });
  });
});

describe('staking is exactly once', () => {
  const spentUpokt = (before: bigint) => before - [...harness.ledger.balances.values()].reduce((a, b) => a + b, 0n);

  it('when an answer is lost, the request is repeated, and two requests run at once', async () => {
    const tenantId = await newTenant();
    const total = [...harness.ledger.balances.values()].reduce((a, b) => a + b, 0n);
    const stakes = harness.ledger.succeeded('apps/MsgAppStake');
    const sends = harness.ledger.succeeded('pos/Send');
    harness.ledger.losesNextAnswer = true;
    const headers = { 'idempotency-key': randomUUID() };
    const replies = await Promise.all([
      newApplication(tenantId, '1000', headers),
      newApplication(tenantId, '1000', headers),
      newApplication(tenantId, '1000', headers),
    ]);
    const again = await newApplication(tenantId, '1000', headers);
    const ids = [...replies, again].map((reply) => text(reply, 'applicationId'));
    expect(new Set(ids).size).toBe(1);
    expect(again.body).toMatchObject({ state: 'staked', stakedPokt: '1000' });
    expect(harness.ledger.succeeded('apps/MsgAppStake') - stakes).toBe(1);
    expect(harness.ledger.succeeded('pos/Send') - sends).toBe(1);
    // The stake and two fees left the accounts; nothing else did.
    expect(spentUpokt(total)).toBe(1_000_000_000n + 20_000n);
  });

  it('over an outage of the network: the answer says so, and the same request goes on where it stopped', async () => {
    const slow = await startHarness({ STAKE_TIMEOUT_MS: '300' });
    try {
      const tenantId = text(await slow.post('/v1/tenants', { name: 'T' }), 'tenantId');
      const path = `/v1/tenants/${tenantId}/applications`;
      const asking = {
        method: 'POST',
        body: { source: 'managed', name: 'app', chains: ['0021'], stakePokt: '100' },
        headers: { 'idempotency-key': 'outage' },
      };
      slow.ledger.isUnreachable = true;
      expect(await slow.ask(path, asking)).toMatchObject({ status: 503, body: { code: 'ledger-unreachable' } });
      const listed = await slow.ask(path);
      expect(listed.body['items']).toMatchObject([{ state: 'pending', isSettled: false, dailyRelaysMax: 0 }]);

      slow.ledger.isUnreachable = false;
      slow.ledger.isAutomatic = false;
      // The funding waits in the mempool: the answer shows how far it came.
      const waiting = await slow.ask(path, asking);
      expect(waiting).toMatchObject({ status: 201, body: { state: 'pending', isSettled: false } });
      expect(waiting.body['pendingTransactionHash']).toMatch(/^[0-9a-fA-F]{64}$/);

      slow.ledger.produceBlock();
      expect(await slow.ask(path, asking)).toMatchObject({ status: 201, body: { state: 'funded', isSettled: false } });
      slow.ledger.produceBlock();
      const done = await slow.post(`${path}/${text(waiting, 'applicationId')}/settle`);
      expect(done.body).toMatchObject({ state: 'staked', isSettled: true, stakedPokt: '100' });
      expect(slow.ledger.executed.filter((entry) => entry.code === 0)).toHaveLength(2);
    } finally {
      await slow.stop();
    }
  });

  it('when the ledger refuses: the reason is shown and kept, and a later attempt does not fund again', async () => {
    const tenantId = await newTenant();
    const sends = harness.ledger.succeeded('pos/Send');
    harness.ledger.stakeRefusal = 'the maximum number of applications is reached';
    const path = `/v1/tenants/${tenantId}/applications`;
    const body = { source: 'managed', name: 'app', chains: ['0021'], stakePokt: '10' };
    const refused = await harness.ask(path, { method: 'POST', body });
    expect(refused).toMatchObject({ status: 409, body: { code: 'stake-refused', ledgerCode: 115 } });
    expect(refused.body['detail']).toContain('the maximum number of applications is reached');
    const [item] = (await harness.ask(path)).body['items'] as Array<Record<string, string>>;
    expect(item).toMatchObject({ state: 'funded', failure: expect.stringContaining('maximum number') as string });
    harness.ledger.stakeRefusal = null;
    const done = await harness.post(`${path}/${item!['applicationId']}/settle`);
    expect(done.body).toMatchObject({ state: 'staked', failure: null });
    expect(harness.ledger.succeeded('pos/Send') - sends).toBe(1);
  });

  it('when the process stops meanwhile: the request is answered with how far it came', async () => {
    const stopping = await startHarness({ STAKE_TIMEOUT_MS: '60000' });
    const tenantId = text(await stopping.post('/v1/tenants', { name: 'T' }), 'tenantId');
    const path = `/v1/tenants/${tenantId}/applications`;
    stopping.ledger.isAutomatic = false;
    const waiting = stopping.post(path, { source: 'managed', name: 'app', chains: ['0021'], stakePokt: '100' });
    await vi.waitFor(async () => {
      const [item] = (await stopping.ask(path)).body['items'] as Array<Record<string, unknown>>;
      expect(item?.['pendingTransactionHash']).toEqual(expect.any(String));
    });
    stopping.admin.beginStopping();
    expect((await stopping.ask('/readyz')).status).toBe(503);
    expect((await waiting).body).toMatchObject({ state: 'pending', isSettled: false });
    await stopping.stop();
  });

  it('and never beyond the treasury', async () => {
    const tenantId = await newTenant();
    const refused = await harness.ask(`/v1/tenants/${tenantId}/applications`, {
      method: 'POST',
      body: { source: 'managed', name: 'app', chains: ['0021'], stakePokt: '999999999' },
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'treasury-short' } });
  });
});

describe('secrets', () => {
  it('stand nowhere in the database, the logs or the metrics, and keys open only for their own tenant', async () => {
    const tenantId = await newTenant();
    const application = await newApplication(tenantId);
    const endpointId = await newEndpoint(tenantId, text(application, 'applicationId'));
    const path = `/v1/tenants/${tenantId}/endpoints/${endpointId}/keys`;
    const created = await harness.post(path, { name: 'canary' }, { headers: { 'idempotency-key': 'canary-key' } });
    const token = await harness.post('/v1/tokens', { name: 'canary', scopes: ['usage:read'] });
    const replay = await harness.post(path, { name: 'canary' }, { headers: { 'idempotency-key': 'canary-key' } });
    expect(replay.body).toEqual(created.body);

    const secrets = [
      text(created, 'key'),
      text(token, 'token'),
      harness.config.ADMIN_TOKEN,
      harness.config.API_KEY_PEPPER,
      harness.config.APPLICATION_KEYS_KEK,
      harness.config.TREASURY_PRIVATE_KEY,
    ];
    const dump = await dumpDatabase();
    expect(dump.length).toBeGreaterThan(5_000);
    expect(dump).toContain(text(created, 'prefix'));
    const metrics = await (await fetch(harness.admin.metricsUrl)).text();
    expect(metrics).toContain('http_request_duration_seconds');
    for (const secret of secrets) {
      for (const place of [dump, metrics, harness.logLines.join('\n')]) {
        expect(place.includes(secret)).toBe(false);
        expect(place.includes(Buffer.from(secret).toString('hex'))).toBe(false);
      }
    }

    // The sealed key of another application does not open in this one's place.
    const other = await newApplication(await newTenant());
    await sql.query(
      `UPDATE tenancy.applications a SET sealed_private_key = b.sealed_private_key FROM tenancy.applications b
        WHERE a.application_id = $1 AND b.application_id = $2`,
      [text(application, 'applicationId'), text(other, 'applicationId')],
    );
    const swapped = await harness.ask(
      `/v1/tenants/${tenantId}/applications/${text(application, 'applicationId')}/stake`,
      { method: 'POST', body: { stakePokt: '26000' } },
    );
    expect(swapped).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(swapped.text).not.toMatch(/unseal|context|stack/i);
  });
});

describe('Idempotency-Key', () => {
  it('gives the same answer for 24 hours, refuses another body, and changes nothing twice', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await harness.post('/v1/tenants', { name: 'Once' }, { headers });
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => harness.post('/v1/tenants', { name: 'Once' }, { headers })),
    );
    for (const reply of replies) expect(reply.body).toEqual(first.body);
    const other = await harness.ask('/v1/tenants', { method: 'POST', body: { name: 'Other' }, headers });
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
    const { rows } = await sql.query(`SELECT count(*)::int AS count FROM tenancy.audit_entries WHERE subject_id = $1`, [
      first.body['tenantId'],
    ]);
    expect(rows).toEqual([{ count: 1 }]);
    await sql.query(
      `UPDATE tenancy.idempotency_keys SET created_at = now() - interval '25 hours' WHERE idempotency_key = $1`,
      [createHash('sha256').update(headers['idempotency-key']).digest('base64url')],
    );
    const later = await harness.post('/v1/tenants', { name: 'Other' }, { headers });
    expect(later.body['tenantId']).not.toBe(first.body['tenantId']);
  });

  it('that arrives many times at once makes one tenant', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => harness.post('/v1/tenants', { name: 'Race' }, { headers })),
    );
    expect(new Set(replies.map((reply) => text(reply, 'tenantId'))).size).toBe(1);
  });
});

describe('the audit log', () => {
  it('has one entry per change with actor, before and after, and cannot be edited', async () => {
    const tenantId = await newTenant();
    const requestId = 'audit-test-1';
    await harness.post(
      `/v1/tenants/${tenantId}/suspend`,
      { reason: 'unpaid' },
      { headers: { 'x-request-id': requestId } },
    );
    const { rows } = await sql.query(
      `SELECT actor, action, request_id, before ->> 'status' AS before, after ->> 'status' AS after
         FROM tenancy.audit_entries WHERE tenant_id = $1 ORDER BY entry_id`,
      [tenantId],
    );
    expect(rows).toEqual([
      expect.objectContaining({ actor: 'operator', action: 'tenant.create', before: null, after: 'active' }),
      { actor: 'operator', action: 'tenant.suspend', request_id: requestId, before: 'active', after: 'suspended' },
    ]);
    const path = `/v1/audit-entries?tenantId=${tenantId}&limit=1`;
    const newest = await harness.ask(path);
    expect(newest.body['items']).toMatchObject([
      { action: 'tenant.suspend', requestId, after: { status: 'suspended' } },
    ]);
    const older = await harness.ask(`${path}&cursor=${String(newest.body['next'])}`);
    expect(older.body).toMatchObject({ items: [{ action: 'tenant.create', before: null }], next: null });
    await expect(sql.query(`UPDATE tenancy.audit_entries SET actor = 'nobody'`)).rejects.toThrow('append-only');
    await expect(sql.query(`DELETE FROM tenancy.audit_entries`)).rejects.toThrow('append-only');
    await expect(sql.query(`TRUNCATE tenancy.audit_entries`)).rejects.toThrow('append-only');
  });
});

describe('errors', () => {
  it('are problem+json with a stable code, an explanation and the request id', async () => {
    const cases: Array<[string, Parameters<Harness['ask']>[1], number, string]> = [
      ['/v1/nothing', {}, 404, 'not-found'],
      ['/v1/tenants', { token: null }, 401, 'unauthenticated'],
      ['/v1/tenants', { token: 'wrong' }, 401, 'unauthenticated'],
      ['/v1/tenants', { method: 'POST', body: {} }, 400, 'invalid'],
      ['/v1/tenants', { method: 'POST', body: '{"name":' }, 400, 'invalid'],
      ['/v1/tenants', { method: 'POST', body: { name: 'x', tenantId: randomUUID() } }, 400, 'invalid'],
      ['/v1/tenants', { method: 'POST', body: '{"name":"x","__proto__":{"polluted":true}}' }, 400, 'invalid'],
      ['/v1/tenants', { method: 'POST', body: { name: 'x'.repeat(300_000) } }, 413, 'too-large'],
      ['/v1/tenants', { method: 'POST', body: '<a/>', headers: { 'content-type': 'text/xml' } }, 415, 'media-type'],
      ['/v1/tenants/no-uuid', {}, 400, 'invalid'],
      [`/v1/tenants/${randomUUID()}`, {}, 404, 'not-found'],
      ['/v1/tenants?limit=1000', {}, 400, 'invalid'],
      ['/v1/tenants?cursor=abc', {}, 400, 'invalid'],
    ];
    for (const [path, asking, status, code] of cases) {
      const reply = await harness.ask(path, asking);
      expect(reply, `${path} ${JSON.stringify(asking).slice(0, 80)}`).toMatchObject({ status, body: { status, code } });
      expect(reply.headers.get('content-type')).toContain('application/problem+json');
      expect(reply.body['requestId']).toBe(reply.headers.get('x-request-id'));
      expect(reply.body['docs']).toBe(`/problems/${code}`);
      expect(reply.text).not.toMatch(/node_modules|\.ts:|at async/);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((await harness.ask('/problems', { token: null })).text).toContain('id="not-found"');
  });

  it('of an unknown chain name the closest ones', async () => {
    const tenantId = await newTenant();
    const reply = await harness.ask(`/v1/tenants/${tenantId}/applications`, {
      method: 'POST',
      body: { source: 'managed', name: 'app', chains: ['eth-mainet'], stakePokt: '1' },
    });
    expect(reply).toMatchObject({ status: 400, body: { code: 'chain-unknown' } });
    expect(reply.body['closest']).toContain('eth-mainnet');
  });
});

describe('tenancy', () => {
  it('shows a tenant’s token its own things and 404 for everything else', async () => {
    const [mine, theirs] = [await newTenant(), await newTenant()];
    const application = await newApplication(theirs, '5');
    const endpointId = await newEndpoint(theirs, text(application, 'applicationId'));
    const key = await harness.post(`/v1/tenants/${theirs}/endpoints/${endpointId}/keys`);
    const token = text(
      await harness.post('/v1/tokens', { name: 't', tenantId: mine, scopes: ['tenants:write', 'usage:read'] }),
      'token',
    );
    expect((await harness.ask('/v1/tenants', { token })).body['items']).toMatchObject([{ tenantId: mine }]);
    expect(await harness.ask(`/v1/tenants/${mine}/usage`, { token })).toMatchObject({ status: 200 });

    const applicationId = text(application, 'applicationId');
    const reads = ['', '/applications', `/applications/${applicationId}`, '/endpoints', `/endpoints/${endpointId}`];
    reads.push(`/endpoints/${endpointId}/keys`, '/usage');
    for (const path of reads) {
      const reply = await harness.ask(`/v1/tenants/${theirs}${path}`, { token });
      expect({ path, status: reply.status }).toEqual({ path, status: 404 });
    }
    // Also under the own tenant's path, where only the query itself protects.
    for (const path of [
      `/applications/${applicationId}`,
      `/endpoints/${endpointId}`,
      `/endpoints/${endpointId}/keys`,
    ]) {
      const reply = await harness.ask(`/v1/tenants/${mine}${path}`, { token });
      expect({ path, status: reply.status }).toEqual({ path, status: 404 });
    }
    const writes: Array<[string, unknown]> = [
      [`/endpoints`, { name: 'x', applicationIds: [applicationId] }],
      [`/endpoints/${endpointId}/keys`, {}],
      [`/endpoints/${endpointId}/suspend`, { reason: 'x' }],
      [`/endpoints/${endpointId}/keys/${text(key, 'keyId')}/revoke`, {}],
    ];
    for (const [path, body] of writes) {
      const reply = await harness.ask(`/v1/tenants/${mine}${path}`, { method: 'POST', body, token });
      expect({ path, status: reply.status }).toEqual({ path, status: 404 });
    }
    expect(await harness.ask('/v1/usage', { token })).toMatchObject({ status: 403 });
    expect(await harness.ask('/v1/tenants', { method: 'POST', body: { name: 'x' }, token })).toMatchObject({
      status: 403,
    });
    const managed = { source: 'managed', name: 'x', chains: ['0021'], stakePokt: '1' };
    const staking = await harness.ask(`/v1/tenants/${mine}/applications`, { method: 'POST', body: managed, token });
    expect(staking).toMatchObject({ status: 403 });
  });

  it('pages lists by cursor, each thing once, also while others are added', async () => {
    const tenantId = await newTenant();
    const application = await newApplication(tenantId, '5');
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      made.push(await newEndpoint(tenantId, text(application, 'applicationId')));
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await harness.ask(`/v1/tenants/${tenantId}/endpoints?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...(page.body['items'] as Array<{ endpointId: string }>).map((item) => item.endpointId));
      cursor = (page.body['next'] as string | null) ?? '';
    } while (cursor);
    expect(seen.toSorted()).toEqual(made.toSorted());
  });
});

describe('the network, readiness and usage', () => {
  it('answer', async () => {
    expect((await harness.ask('/v1/network')).body).toMatchObject({
      chainId: 'localnet',
      relaysPerPoktPerDay: 40,
      gatewayClientPublicKey: harness.gatewayKey.publicKeyHex,
      parameters: { sessionNodeCount: 5, baseRelaysPerPokt: '167' },
    });
    const chains = (await harness.ask('/v1/chains', { token: null })).body['items'] as unknown[];
    expect(chains.length).toBeGreaterThan(30);
    expect((await harness.ask('/livez', { token: null })).status).toBe(200);
    expect((await harness.ask('/readyz', { token: null })).status).toBe(200);
    expect((await harness.ask('/v1/usage?groupBy=day,tenant,chain&from=2026-01-01')).body).toMatchObject({
      items: [],
      next: null,
    });
    expect((await harness.ask('/v1/usage?groupBy=color')).status).toBe(400);
  });
});

/** Every row of every table as text. */
async function dumpDatabase(): Promise<string> {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
  );
  const tables: string[] = [];
  for (const { name } of rows) {
    const table = await sql.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
    tables.push(table.rows.map((row) => row.text).join('\n'));
  }
  return tables.join('\n');
}
