import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  OPERATIONS,
  type OperationDescription,
  type OperationId,
  type PortalClient,
  PortalProblem,
  PortalUnreachable,
  createPortalClient,
} from '#libs/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeApi } from '../../apps/admin/src/openapi/document.js';
import { type RawDocument, operationsOf } from '../../apps/admin/src/openapi/raw-document.js';
import { generateClient, staleFiles } from '../../tools/openapi/generate.js';
import { type Harness, startHarness } from './admin-harness.js';

let harness: Harness;
let portal: PortalClient;
let url: string;

beforeAll(async () => {
  harness = await startHarness();
  url = harness.admin.url.replace('[::1]', '127.0.0.1');
  portal = createPortalClient({ url, token: harness.config.ADMIN_TOKEN });
});
afterAll(() => harness?.stop());

describe('the generated client', () => {
  it('is what the running API’s document generates (else: npm run generate:client)', async () => {
    const { document } = describeApi(harness.admin.app);
    expect(await staleFiles(await generateClient(document))).toEqual([]);
  });

  it('takes a tenant from nothing to usage and suspension, typed all the way', async () => {
    const { tenantId } = await portal.call('createTenant', { body: { name: 'Client' } });
    const application = await portal.call('createApplication', {
      path: { tenantId },
      body: { source: 'managed', name: 'app', chains: ['eth-mainnet'], stakePokt: '1000' },
    });
    expect(application.dailyRelaysMax).toBe(40_000);
    const endpoint = await portal.call('createEndpoint', {
      path: { tenantId },
      body: { name: 'web', applicationIds: [application.applicationId] },
    });
    const path = { tenantId, endpointId: endpoint.endpointId };
    const created = await portal.call('createKey', { path, body: { name: 'first' } });
    const rotated = await portal.call('rotateKey', { path: { ...path, keyId: created.keyId }, body: { overlap: '0' } });
    expect(rotated.key).not.toBe(created.key);
    const changed = await portal.call('updateEndpoint', { path, body: { answerStyle: 'strict' } });
    expect(changed.answerStyle).toBe('strict');
    const dry = await portal.call('dryRunEndpoint', {
      path,
      body: { chain: 'eth', method: 'eth_blockNumber', keyId: rotated.keyId },
    });
    expect(dry.passes).toBe(true);
    expect((await portal.call('getTenantUsage', { path: { tenantId } })).items).toEqual([]);
    const suspended = await portal.call('suspendTenant', { path: { tenantId }, body: { reason: 'unpaid' } });
    expect(suspended).toMatchObject({ status: 'suspended', suspendedReason: 'unpaid' });
    expect((await portal.call('resumeTenant', { path: { tenantId } })).status).toBe('active');
    const { data } = await portal.http.GET('/v1/tenants/{tenantId}', { params: { path: { tenantId } } });
    expect(data?.name).toBe('Client');
  });

  it('walks a list page by page, each entry once', async () => {
    const { tenantId } = await portal.call('createTenant', { body: { name: 'Pages' } });
    const application = await portal.call('createApplication', {
      path: { tenantId },
      body: { source: 'managed', name: 'app', chains: ['0021'], stakePokt: '10' },
    });
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names) {
      await portal.call('createEndpoint', {
        path: { tenantId },
        body: { name, applicationIds: [application.applicationId] },
      });
    }
    const seen: string[] = [];
    for await (const { name } of portal.items('listEndpoints', { path: { tenantId }, query: { limit: 2 } }))
      seen.push(name);
    expect(seen.toSorted()).toEqual(names);
    let pages = 0;
    for await (const page of portal.pages('listEndpoints', { path: { tenantId }, query: { limit: 2 } })) {
      pages += 1;
      expect(page.items.length).toBeLessThanOrEqual(2);
    }
    expect(pages).toBe(3);
  });

  it('reads a stream line by line', async () => {
    const rows: unknown[] = [];
    for await (const row of portal.stream('getUsage', { query: { groupBy: 'day' } })) rows.push(row);
    expect(rows).toEqual([]);
  });

  it('throws refusals as typed problems that lead to their explanation', async () => {
    const problem = await portal
      .call('getTenant', { path: { tenantId: randomUUID() } })
      .catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(PortalProblem);
    const { status, code, requestId, docs } = problem as PortalProblem;
    expect({ status, code }).toEqual({ status: 404, code: 'not-found' });
    expect(requestId).toMatch(/^\w{8,}$/);
    expect((await fetch(docs)).status).toBe(200);
    const anonymous = createPortalClient({ url });
    await expect(anonymous.call('listTenants')).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await anonymous.call('getLiveness')).status).toBe('ok');
  });

  it('repeats reads and keyed changes while a service is away, and sends what cannot be repeated once', async () => {
    const asked: Array<{ method: string; key: string | undefined }> = [];
    let failures = 3;
    const server = createServer((request, response) => {
      asked.push({ method: request.method ?? '', key: request.headers['idempotency-key'] as string | undefined });
      failures -= 1;
      if (failures >= 0 && failures % 2 === 0) return void request.socket.destroy();
      response.writeHead(failures >= 0 ? 503 : 200, { 'content-type': 'application/json' }).end('{"passes":true}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const waits: number[] = [];
      const flaky = createPortalClient({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        token: 't',
        retriesMax: 3,
        random: () => 0.5,
        sleep: async (ms) => void waits.push(ms),
      });
      await flaky.call('createTenant', { body: { name: 'once' } });
      expect(asked).toHaveLength(4);
      expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
      expect(asked[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
      expect(waits).toEqual([75, 150, 300]);

      failures = 1;
      asked.length = 0;
      const path = { tenantId: randomUUID(), endpointId: randomUUID() };
      const dryRun = flaky.call('dryRunEndpoint', { path, body: { chain: 'eth', method: 'eth_call' } });
      await expect(dryRun).rejects.toBeInstanceOf(PortalUnreachable);
      expect(asked).toHaveLength(1);

      failures = 99;
      asked.length = 0;
      await expect(flaky.call('listTenants')).rejects.toBeInstanceOf(Error);
      expect(asked).toHaveLength(4);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('every operation', () => {
  it('answers its own example with a documented status and code', async () => {
    const { tenantId } = await portal.call('createTenant', { body: { name: 'Every operation' } });
    const managed = { source: 'managed' as const, name: 'app', chains: ['eth-mainnet'], stakePokt: '1000' };
    const { applicationId } = await portal.call('createApplication', { path: { tenantId }, body: managed });
    const body = { name: 'e', applicationIds: [applicationId] };
    const { endpointId } = await portal.call('createEndpoint', { path: { tenantId }, body });
    const { keyId } = await portal.call('createKey', { path: { tenantId, endpointId }, body: {} });
    const { tokenId } = await portal.call('createToken', { body: { name: 't', scopes: ['usage:read'] } });
    const ids: Record<string, string> = { tenantId, applicationId, endpointId, keyId, tokenId };
    const documented = new Map(
      operationsOf(describeApi(harness.admin.app).document as unknown as RawDocument).map(({ operation }) => [
        operation.operationId,
        operation,
      ]),
    );
    const wrong: string[] = [];
    const outcomes = new Map<string, string>();
    for (const id of Object.keys(OPERATIONS) as OperationId[]) {
      const operation: OperationDescription = OPERATIONS[id];
      const query = Object.fromEntries(
        operation.query
          .filter(({ name, isRequired }) => isRequired || name === 'month')
          .map(({ name }) => [name, QUERY[name] ?? name]),
      );
      const path = Object.fromEntries(
        operation.pathParameters.map(({ name }) => [name, ids[name] ?? NAMES[name] ?? randomUUID()]),
      );
      const example = withIds(operation.exampleBody, ids);
      try {
        const response = await portal.raw(id, { path, query, ...(example === null ? {} : { body: example }) });
        await response.arrayBuffer();
        outcomes.set(id, String(response.status));
        if (!documented.get(id)?.responses[response.status]) wrong.push(`${id} answered ${response.status}`);
      } catch (error) {
        if (!(error instanceof PortalProblem)) throw error;
        outcomes.set(id, `${error.status} ${error.code}`);
        const codes =
          documented.get(id)?.responses[error.status]?.content?.['application/problem+json']?.examples ?? {};
        if (!(error.code in codes) || error.status === 500)
          wrong.push(`${id} answered ${error.message} (${error.code})`);
      }
    }
    expect(wrong).toEqual([]);
    // Random ids lead nowhere (404), and so does what a call before this one ended (409); no example may be wrong in itself.
    const refused = [...outcomes].filter(([, outcome]) => !/^(2|404|409)/.test(outcome)).map(([id]) => id);
    expect(refused, JSON.stringify([...outcomes])).toEqual(REFUSED);
    const succeeded = [...outcomes.values()].filter((outcome) => outcome.startsWith('2')).length;
    expect(succeeded, JSON.stringify([...outcomes])).toBeGreaterThan(outcomes.size * 0.5);
  });
});

/** Path parameters that are no ids. */
const NAMES: Readonly<Record<string, string>> = {
  code: 'invalid',
  publicKey: 'ab'.repeat(32),
  queue: 'chunks',
  name: 'probes.share',
};
/** What nobody can do with an example: codes of invitations and sessions are shown once, and the host of a webhook is nobody's. */
const REFUSED = ['acceptInvitation', 'signIn', 'createAlertChannel'];

/** Values of query parameters. */
const QUERY: Readonly<Record<string, string>> = {
  month: '2026-11',
  day: '2026-11-20',
  from: '2026-11-01',
  to: '2026-11-30',
};

/** An example with the ids of things that exist. */
function withIds(value: unknown, ids: Readonly<Record<string, string>>, field = ''): unknown {
  if (Array.isArray(value)) return value.map((entry) => withIds(entry, ids, field.replace(/s$/, '')));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, withIds(entry, ids, name)]));
  }
  return typeof value === 'string' ? (ids[field] ?? value) : value;
}
