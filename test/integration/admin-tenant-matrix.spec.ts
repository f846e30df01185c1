import { randomUUID } from 'node:crypto';
import { AccessGuard, type Principal, permissionsOf } from '#libs/auth';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';
import { documentedRoutes, exampleBody, type DocumentedRoute } from './admin-routes.js';
import { invite, join, newTenant } from './identity-actors.js';

type Ids = Readonly<Record<string, string>>;

let harness: Harness;
let routes: DocumentedRoute[];
let [mine, theirs]: [Ids, Ids] = [{}, {}];
/** What a tenant can hold of credentials: a token that may all that its owner may, and its owner. */
let credentials: ReadonlyMap<string, string>;

async function own(): Promise<{ readonly ids: Ids; readonly owner: string }> {
  const made = async (path: string, body: object, field: string) =>
    String((await harness.post(path, body)).body[field]);
  const tenantId = await newTenant(harness, 'Canary tenant');
  const application = { source: 'managed', name: 'Canary application', chains: ['eth-mainnet'], stakePokt: '1000' };
  const applicationId = await made(`/v1/tenants/${tenantId}/applications`, application, 'applicationId');
  const endpoint = { name: 'Canary endpoint', applicationIds: [applicationId] };
  const endpointId = await made(`/v1/tenants/${tenantId}/endpoints`, endpoint, 'endpointId');
  const keyId = await made(`/v1/tenants/${tenantId}/endpoints/${endpointId}/keys`, { name: 'Canary key' }, 'keyId');
  const ruleId = await made(`/v1/tenants/${tenantId}/alert-rules`, { name: 'Canary rule' }, 'ruleId');
  const channel = { kind: 'webhook', name: 'Canary channel', url: 'https://canary.acme.io/Canary' };
  const channelId = await made(`/v1/tenants/${tenantId}/alert-channels`, channel, 'channelId');
  const deliveryId = await made(`/v1/tenants/${tenantId}/alert-channels/${channelId}/test`, {}, 'deliveryId');
  const token = { name: 'Canary token', scopes: ['usage:read'] };
  const tokenId = await made(`/v1/tenants/${tenantId}/tokens`, token, 'tokenId');
  const { userId, accessToken } = await join(harness, tenantId, 'owner', `canary-${randomUUID()}@example.com`);
  await invite(harness, tenantId, 'developer', `canary-${randomUUID()}@example.com`);
  const invitations = (await harness.ask(`/v1/tenants/${tenantId}/invitations`)).body['items'];
  const { invitationId = '' } = (invitations as Array<{ invitationId: string }>)[1] ?? {};
  return {
    ids: { tenantId, applicationId, endpointId, keyId, ruleId, channelId, deliveryId, tokenId, userId, invitationId },
    owner: accessToken,
  };
}

beforeAll(async () => {
  harness = await startHarness();
  routes = (await documentedRoutes(harness)).filter(({ path }) => path.includes('{tenantId}'));
  const [our, their] = [await own(), await own()];
  [mine, theirs] = [our.ids, their.ids];
  const scopes = [...permissionsOf('owner')];
  const made = await harness.post(`/v1/tenants/${our.ids['tenantId']}/tokens`, { name: 'all', scopes });
  credentials = new Map([
    ['its service token', String(made.body['token'])],
    ['its owner', our.owner],
  ]);
});

afterEach(() => vi.restoreAllMocks());
afterAll(() => harness?.stop());

/** With a body that the route's schema accepts, so that nothing but the tenant can be the reason of a refusal. */
function call(route: DocumentedRoute, ids: Ids, token: string) {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => ids[name] ?? randomUUID());
  // The document's host is nobody's, and the API refuses names that lead nowhere.
  const isChannel = route.path.endsWith('/alert-channels') && route.method === 'POST';
  const body = isChannel ? { kind: 'webhook', name: 'x', url: 'https://hooks.acme.io/' } : exampleBody(route, ids);
  return harness.ask(path, { method: route.method, token, ...(body === undefined ? {} : { body }) });
}

/** Every way to mix ids of both tenants on a path, with at least one that is not ours. */
function mixtures({ path }: DocumentedRoute): Ids[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const all = Array.from({ length: 2 ** names.length - 1 }, (_value, bits) =>
    Object.fromEntries(names.map((name, place) => [name, ((bits + 1) >> place) & 1 ? theirs[name] : mine[name]])),
  );
  return all as Ids[];
}

/** Only the first wall: routes that an operator alone may use are 403 for any tenant's credential, its own things included. */
const isRefusal = (status: number): boolean => status === 404 || status === 403;

/** An answer without what differs between two askings: ids and instants. */
const withoutNames = (text: string): string =>
  text.replaceAll(/[0-9a-f-]{32,36}/g, 'id').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'instant');

describe('a tenant’s credentials on another tenant’s things', () => {
  it('cover every route with a tenant in its path', () => {
    expect(routes.length).toBeGreaterThanOrEqual(30);
  });

  it('meet 404 or 403 on every route and every mixture of ids, and read nothing of theirs', async () => {
    for (const [who, token] of credentials) {
      for (const route of routes) {
        for (const ids of mixtures(route)) {
          const reply = await call(route, { ...mine, ...ids }, token);
          expect(isRefusal(reply.status), `${who}: ${route.method} ${route.path} → ${reply.status} ${reply.text}`).toBe(
            true,
          );
          expect(reply.text).not.toMatch(/canary/i);
        }
      }
    }
  });

  it('meet the same when the guard forgets tenants and roles: row-level security holds alone', async () => {
    vi.spyOn(
      AccessGuard.prototype as unknown as { apply(rule: unknown, principal: Principal): void },
      'apply',
    ).mockReturnValue();
    for (const [who, token] of credentials) {
      for (const route of routes) {
        // Usage has a test of its own (admin-usage-security.spec.ts): what it answers is not only items.
        if (route.path.includes('usage')) continue;
        for (const ids of mixtures(route)) {
          const reply = await call(route, { ...mine, ...ids }, token);
          const where = `${who}: ${route.method} ${route.path} → ${reply.status} ${reply.text}`;
          expect(reply.text, where).not.toMatch(/canary/i);
          // 403: what only operators may, or nobody without a role there, the handler says itself.
          const isHidden = isRefusal(reply.status);
          const isEmptyList = reply.status === 200 && (reply.body['items'] as unknown[] | undefined)?.length === 0;
          if (isHidden || isEmptyList) continue;
          expect(route.method, where).toBe('GET');
          const ofNobody = await call(route, {}, token);
          expect(withoutNames(reply.text), where).toBe(withoutNames(ofNobody.text));
        }
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
