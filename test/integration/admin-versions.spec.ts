import { randomUUID } from 'node:crypto';
import { generateKeyPair, makeAat } from '#libs/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, type Reply, startHarness } from './admin-harness.js';

interface Made {
  /** Address of the thing. */
  readonly path: string;
  /** A change that can be made at any time and any number of times. */
  readonly change: (headers: Record<string, string>) => Promise<Reply>;
}

let harness: Harness;
let made: Record<'tenant' | 'application' | 'endpoint' | 'key', Made>;

beforeAll(async () => {
  harness = await startHarness();
  const tenantId = String((await harness.post('/v1/tenants', { name: 'Versions' })).body['tenantId']);
  const tenant = `/v1/tenants/${tenantId}`;
  const body = { source: 'managed', name: 'a', chains: ['eth-mainnet'], stakePokt: '100' };
  const applicationId = String((await harness.post(`${tenant}/applications`, body)).body['applicationId']);
  const application = `${tenant}/applications/${applicationId}`;
  const endpointId = String(
    (await harness.post(`${tenant}/endpoints`, { name: 'e', applicationIds: [applicationId] })).body['endpointId'],
  );
  const endpoint = `${tenant}/endpoints/${endpointId}`;
  const keyId = String((await harness.post(`${endpoint}/keys`, { name: 'k' })).body['keyId']);
  const key = `${endpoint}/keys/${keyId}`;
  const posting = (path: string, content: object) => (headers: Record<string, string>) =>
    harness.ask(path, { method: 'POST', body: content, headers });
  made = {
    tenant: { path: tenant, change: posting(`${tenant}/suspend`, { reason: 'unpaid' }) },
    application: { path: application, change: posting(`${application}/stake`, { stakePokt: '100' }) },
    endpoint: { path: endpoint, change: posting(`${endpoint}/suspend`, { reason: 'abuse' }) },
    key: { path: key, change: posting(`${key}/rotate`, { overlap: '7d' }) },
  };
});

afterAll(() => harness?.stop());

const tagOf = async (path: string): Promise<string> => (await harness.ask(path)).headers.get('etag') ?? '';

describe('If-Match', () => {
  it.each(['tenant', 'application', 'endpoint', 'key'] as const)(
    'lets a change of a %s happen at the version that was read and at no other',
    async (kind) => {
      const { path, change } = made[kind];
      const before = await tagOf(path);
      expect(before).toMatch(/^"[1-9][0-9]*"$/);

      expect((await change({ 'if-match': before })).status).toBeLessThan(300);
      const after = await tagOf(path);
      expect(after).not.toBe(before);

      const late = await change({ 'if-match': before });
      expect(late).toMatchObject({ status: 412, body: { code: 'version-changed', etag: after } });
      expect(late.headers.get('etag')).toBe(after);
      expect(await tagOf(path)).toBe(after);
    },
  );

  it('takes a list and *, and refuses weak tags and what is no tag', async () => {
    const { path, change } = made.endpoint;
    expect((await change({ 'if-match': `"999", ${await tagOf(path)}` })).status).toBe(200);
    expect((await change({ 'if-match': '*' })).status).toBe(200);
    expect((await change({ 'if-match': `W/${await tagOf(path)}` })).status).toBe(412);
    expect(await change({ 'if-match': '3' })).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  it('of two changes that rest on the same version lets one through', async () => {
    const { path, change } = made.endpoint;
    const tag = await tagOf(path);
    const replies = await Promise.all(Array.from({ length: 8 }, () => change({ 'if-match': tag })));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 412)).toHaveLength(7);
  });

  it('names no version of what does not exist yet', async () => {
    const reply = await harness.ask('/v1/tenants', {
      method: 'POST',
      body: { name: 'x' },
      headers: { 'if-match': '"1"' },
    });
    expect(reply).toMatchObject({ status: 412, body: { code: 'version-changed', etag: null } });
  });

  it('with an Idempotency-Key: the repeated request gets its answer although the version is another by now', async () => {
    const { path, change } = made.endpoint;
    const headers = { 'if-match': await tagOf(path), 'idempotency-key': randomUUID() };
    const first = await change(headers);
    const second = await change(headers);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.text).toBe(first.text);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
  });

  it('that did not match leaves its Idempotency-Key unused', async () => {
    const { path, change } = made.endpoint;
    const key = randomUUID();
    expect((await change({ 'if-match': '"0"', 'idempotency-key': key })).status).toBe(412);
    expect((await change({ 'if-match': await tagOf(path), 'idempotency-key': key })).status).toBe(200);
  });

  it('is documented on every route that takes an Idempotency-Key, and ETag on every answer with a version', async () => {
    const document = (await harness.ask('/openapi.json')).body as {
      paths: Record<string, Record<string, Operation>>;
      components: { schemas: Record<string, { properties?: Record<string, unknown> }> };
    };
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    for (const operation of operations) {
      const headers = (operation.parameters ?? []).filter((one) => one.in === 'header').map((one) => one.name);
      expect(headers.includes('If-Match')).toBe(headers.includes('Idempotency-Key'));
      expect('412' in operation.responses || !headers.includes('If-Match'), operation.operationId).toBe(true);
      const success = operation.responses['200'] ?? operation.responses['201'];
      const name = success?.content?.['application/json']?.schema?.$ref?.split('/').at(-1);
      const isVersioned = name !== undefined && 'version' in (document.components.schemas[name]?.properties ?? {});
      expect('ETag' in (success?.headers ?? {}), operation.operationId).toBe(isVersioned);
    }
  });
});

interface Operation {
  readonly operationId: string;
  readonly parameters?: ReadonlyArray<{ readonly in: string; readonly name: string }>;
  readonly responses: Record<
    string,
    { headers?: Record<string, unknown>; content?: Record<string, { schema?: { $ref?: string } }> }
  >;
}

describe('a ready-made application', () => {
  it('is answered again for its Idempotency-Key while the ledger is away', async () => {
    const key = generateKeyPair();
    harness.ledger.applications.set(key.addressHex, {
      addressHex: key.addressHex,
      publicKeyHex: key.publicKeyHex,
      chains: ['0021'],
      jailed: false,
      maxRelays: 1_670n,
      stakedUpokt: 1_000_000_000n,
      status: 2,
      unstakingTime: '0001-01-01T00:00:00Z',
    });
    const body = { source: 'ready-made', name: 'own', aat: makeAat(key, harness.gatewayKey.publicKeyHex) };
    const headers = { 'idempotency-key': randomUUID() };
    const path = `${made.tenant.path}/applications`;
    const first = await harness.post(path, body, { headers });
    harness.ledger.isUnreachable = true;
    try {
      const again = await harness.ask(path, { method: 'POST', body, headers });
      expect(again).toMatchObject({ status: 201, body: { applicationId: first.body['applicationId'] } });
      const other = await harness.ask(path, { method: 'POST', body: { ...body, name: 'other' }, headers });
      expect(other).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
    } finally {
      harness.ledger.isUnreachable = false;
    }
  });
});
