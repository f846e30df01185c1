import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';
import { newTenant } from './identity-actors.js';

const API = 'https://portal.example.com';

let server: Server;
let url: string;
let harness: Harness;
let isAway = false;

/** A certified OpenID provider on loopback, with two clients that get JWT access tokens for the portal. */
beforeAll(async () => {
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = (client_id: string) => ({
    client_id,
    client_secret: `secret-of-${client_id}`,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  });
  const provider = new Provider(url, {
    clients: [client('operations'), client('developer')],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => ({
          audience: resource,
          scope: 'portal',
          accessTokenTTL: 300,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_context, token) => ({
      email: `${token.clientId}@example.com`,
      email_verified: true,
      roles: { portal: token.clientId === 'operations' ? ['admins'] : [] },
    }),
  });
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (isAway) return void response.writeHead(503).end();
    void handle(request, response);
  });
  const issuer = {
    issuer: url,
    audience: API,
    algorithms: ['RS256'],
    operators: { subjects: [], emails: [], claim: { name: 'roles.portal', values: ['admins'] } },
  };
  const away = { ...issuer, issuer: 'http://127.0.0.1:9' };
  harness = await startHarness({ ADMIN_OIDC_ISSUERS: JSON.stringify([issuer, away]) });
});

afterAll(async () => {
  await harness?.stop();
  server?.closeAllConnections();
  server?.close();
});

async function accessToken(clientId: string, resource = API): Promise<string> {
  const response = await fetch(`${url}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:secret-of-${clientId}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'portal', resource }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (body.access_token === undefined) throw new Error(`the provider answered ${JSON.stringify(body)}`);
  return body.access_token;
}

describe('tokens of a real OpenID provider', () => {
  it('make an operator of whom its claim names, and a person without tenants of anybody else', async () => {
    const operator = await harness.ask('/v1/me', { token: await accessToken('operations') });
    expect(operator).toMatchObject({
      status: 200,
      body: { kind: 'person', operatorRole: 'operator', user: { issuer: url } },
    });
    const token = await accessToken('developer');
    const me = await harness.ask('/v1/me', { token });
    expect(me).toMatchObject({ status: 200, body: { operatorRole: null, permissions: [], tenants: [] } });
    expect((await harness.ask('/v1/tenants', { token })).status).toBe(403);
    expect((await harness.ask('/v1/audit-entries', { token })).status).toBe(403);
  });

  it('accept an invitation to their verified address, and are then a member, as the same person each time', async () => {
    const tenantId = await newTenant(harness);
    const body = { email: 'developer@example.com', role: 'developer' };
    const made = await harness.post(`/v1/tenants/${tenantId}/invitations`, body);
    const token = await accessToken('developer');
    const invitation = { token: made.body['token'] };
    const wrong = await harness.ask('/v1/invitations/accept', {
      method: 'POST',
      body: invitation,
      token: await accessToken('operations'),
    });
    expect(wrong.status).toBe(403);
    const accepted = await harness.post('/v1/invitations/accept', invitation, { token });
    const later = await accessToken('developer');
    const members = await harness.ask(`/v1/tenants/${tenantId}/members`, { token: later });
    expect(members.body['items']).toMatchObject([{ userId: accepted.body['acceptedBy'], role: 'developer' }]);
    expect((await harness.ask(`/v1/tenants/${tenantId}/tokens`, { token: later })).status).toBe(403);
  });

  it('for another audience are refused', async () => {
    const token = await accessToken('operations', 'https://another.example.com');
    expect((await harness.ask('/v1/me', { token })).status).toBe(401);
  });

  it('are believed while their issuer is away, by the keys that were had; those of an issuer never seen answer 503', async () => {
    const token = await accessToken('operations');
    expect((await harness.ask('/v1/me', { token })).status).toBe(200);
    isAway = true;
    expect((await harness.ask('/v1/me', { token })).status).toBe(200);
    isAway = false;
    const [header = '', body = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as object;
    const foreign = Buffer.from(JSON.stringify({ ...claims, iss: 'http://127.0.0.1:9' })).toString('base64url');
    const reply = await harness.ask('/v1/me', { token: `${header}.${foreign}.${signature}` });
    expect(reply).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(reply.body['detail']).toContain('http://127.0.0.1:9');
  });

  it('leave no door beside theirs: the built-in sign-in is closed', async () => {
    const body = { grant: 'operator-token', token: harness.config.ADMIN_TOKEN };
    expect((await harness.ask('/v1/auth/token', { method: 'POST', body, token: null })).status).toBe(404);
    expect((await harness.ask('/.well-known/jwks.json', { token: null })).status).toBe(404);
    expect((await harness.ask('/v1/me')).body).toMatchObject({ kind: 'operator', actor: 'operator' });
  });
});
