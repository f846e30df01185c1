import { randomUUID } from 'node:crypto';
import { AccessGuard, type Principal } from '#libs/auth';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';

/** A route with a tenant in its path, as the OpenAPI file states it. */
interface Route {
  readonly method: string;
  readonly path: string;
}

type Ids = Readonly<Record<string, string>>;

let harness: Harness;
let routes: Route[];
let [mine, theirs]: [Ids, Ids] = [{}, {}];
let token: string;

async function own(): Promise<Ids> {
  const made = async (path: string, body: object, field: string) =>
    String((await harness.post(path, body)).body[field]);
  const tenantId = await made('/v1/tenants', { name: 'Canary tenant' }, 'tenantId');
  const application = { source: 'managed', name: 'Canary application', chains: ['eth-mainnet'], stakePokt: '1000' };
  const applicationId = await made(`/v1/tenants/${tenantId}/applications`, application, 'applicationId');
  const endpoint = { name: 'Canary endpoint', applicationIds: [applicationId] };
  const endpointId = await made(`/v1/tenants/${tenantId}/endpoints`, endpoint, 'endpointId');
  const keyId = await made(`/v1/tenants/${tenantId}/endpoints/${endpointId}/keys`, { name: 'Canary key' }, 'keyId');
  const ruleId = await made(`/v1/tenants/${tenantId}/alert-rules`, { name: 'Canary rule' }, 'ruleId');
  const channel = { kind: 'webhook', name: 'Canary channel', url: 'https://canary.acme.io/Canary' };
  const channelId = await made(`/v1/tenants/${tenantId}/alert-channels`, channel, 'channelId');
  const deliveryId = await made(`/v1/tenants/${tenantId}/alert-channels/${channelId}/test`, {}, 'deliveryId');
  return { tenantId, applicationId, endpointId, keyId, ruleId, channelId, deliveryId };
}

beforeAll(async () => {
  harness = await startHarness();
  const document = (await harness.ask('/openapi.json')).body as { paths: Record<string, Record<string, unknown>> };
  routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    path.includes('{tenantId}') ? Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })) : [],
  );
  mine = await own();
  theirs = await own();
  const scopes = ['tenants:read', 'tenants:write', 'usage:read', 'alerts:read', 'alerts:write'];
  token = String((await harness.post('/v1/tokens', { name: 'all', tenantId: mine['tenantId'], scopes })).body['token']);
});

afterEach(() => vi.restoreAllMocks());
afterAll(() => harness?.stop());

/** A body that the route's schema accepts, so that nothing but the tenant can be the reason of a refusal. */
function bodyFor({ method, path }: Route, ids: Ids): object | undefined {
  if (method === 'GET' || method === 'DELETE') return undefined;
  if (path.endsWith('/applications')) return { source: 'managed', name: 'x', chains: ['eth-mainnet'], stakePokt: '1' };
  if (path.endsWith('/stake')) return { stakePokt: '2000' };
  if (path.endsWith('/endpoints')) return { name: 'x', applicationIds: [ids['applicationId']] };
  if (path.endsWith('/alert-rules')) return { name: 'x' };
  if (path.endsWith('/alert-channels')) return { kind: 'webhook', name: 'x', url: 'https://hooks.acme.io/' };
  if (path.endsWith('/confirm')) return { code: 'x' };
  if (path.endsWith('/resend-failed')) return { since: '2026-01-01T00:00:00Z' };
  if (path.endsWith('/suspend')) return { reason: 'taken over' };
  if (path.endsWith('/dry-run')) return { chain: 'eth', method: 'eth_call' };
  return method === 'PATCH' ? { name: 'taken over' } : {};
}

function call(route: Route, ids: Ids) {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => ids[name] ?? randomUUID());
  const body = bodyFor(route, ids);
  return harness.ask(path, { method: route.method, token, ...(body === undefined ? {} : { body }) });
}

/** Every way to mix ids of both tenants on a path, with at least one that is not ours. */
function mixtures({ path }: Route): Ids[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const all = Array.from({ length: 2 ** names.length - 1 }, (_value, bits) =>
    Object.fromEntries(names.map((name, place) => [name, ((bits + 1) >> place) & 1 ? theirs[name] : mine[name]])),
  );
  return all as Ids[];
}

/** Only the first wall: routes that an operator alone may use are 403 for any tenant's token, its own things included. */
const isRefusal = (status: number): boolean => status === 404 || status === 403;

describe('a tenant’s token on another tenant’s things', () => {
  it('covers every route with a tenant in its path', () => {
    expect(routes.length).toBeGreaterThanOrEqual(20);
  });

  it('meets 404 or 403 on every route and every mixture of ids, and reads nothing of theirs', async () => {
    for (const route of routes) {
      for (const ids of mixtures(route)) {
        const reply = await call(route, { ...mine, ...ids });
        expect(isRefusal(reply.status), `${route.method} ${route.path} → ${reply.status} ${reply.text}`).toBe(true);
        expect(reply.text).not.toContain('Canary');
      }
    }
  });

  it('meets the same when the guard forgets the tenant: row-level security holds alone', async () => {
    vi.spyOn(
      AccessGuard.prototype as unknown as { apply(rule: unknown, principal: Principal): void },
      'apply',
    ).mockReturnValue();
    for (const route of routes) {
      // Usage has a test of its own (admin-usage-security.spec.ts): what it answers is not only items.
      if (route.path.includes('usage')) continue;
      for (const ids of mixtures(route)) {
        const reply = await call(route, { ...mine, ...ids });
        // Managed applications are the operators' own business, which the handler says itself.
        const isHidden = reply.status === 404 || (reply.status === 403 && route.path.endsWith('/applications'));
        const isEmptyList = reply.status === 200 && (reply.body['items'] as unknown[] | undefined)?.length === 0;
        expect(isHidden || isEmptyList, `${route.method} ${route.path} → ${reply.status} ${reply.text}`).toBe(true);
        expect(reply.text).not.toContain('Canary');
      }
    }
  });

  it('left every one of their things as it was', async () => {
    const tenant = await harness.ask(`/v1/tenants/${theirs['tenantId']}`);
    expect(tenant.body).toMatchObject({ name: 'Canary tenant', status: 'active' });
    const endpoint = await harness.ask(`/v1/tenants/${theirs['tenantId']}/endpoints/${theirs['endpointId']}`);
    expect(endpoint.body).toMatchObject({ name: 'Canary endpoint', status: 'active', secretRequired: false });
    const keys = await harness.ask(`/v1/tenants/${theirs['tenantId']}/endpoints/${theirs['endpointId']}/keys`);
    const channel = await harness.ask(`/v1/tenants/${theirs['tenantId']}/alert-channels/${theirs['channelId']}`);
    expect(channel.body).toMatchObject({ name: 'Canary channel', status: 'active', version: 1, secretVersion: 1 });
    const rule = await harness.ask(`/v1/tenants/${theirs['tenantId']}/alert-rules/${theirs['ruleId']}`);
    expect(rule.body).toMatchObject({ name: 'Canary rule', version: 1 });
    expect(keys.body['items']).toMatchObject([{ keyId: theirs['keyId'], revokedAt: null, expiresAt: null }]);
  });
});
