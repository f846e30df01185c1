import { randomUUID } from 'node:crypto';
import {
  OPERATOR_ROLES,
  PERMISSIONS,
  type Permission,
  TENANT_ROLES,
  permissionsOf,
  permissionsOfScopes,
} from '#libs/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';
import { type DocumentedRoute, documentedRoutes } from './admin-routes.js';
import { join, newTenant, signedIn } from './identity-actors.js';
import { type TestIssuer, startTestIssuer } from './identity-issuer.js';

/** Who asks: a column of the matrix. */
interface Actor {
  readonly token: string | null;
  /** Whether it reaches every tenant. */
  readonly isOperator: boolean;
  /** A tenant of its own, so that what one column does cannot change another. */
  readonly tenantId: string;
  readonly isMember: boolean;
  readonly permissions: ReadonlySet<Permission>;
}

let harness: Harness;
let issuer: TestIssuer;
let routes: DocumentedRoute[];
const actors = new Map<string, Actor>();

beforeAll(async () => {
  issuer = await startTestIssuer();
  harness = await startHarness({
    ADMIN_BUILT_IN_SIGN_IN: 'on',
    ADMIN_OIDC_ISSUERS: JSON.stringify([issuer.settings]),
  });
  routes = await documentedRoutes(harness);
  const none = new Set<Permission>();
  const add = async (name: string, actor: Partial<Actor> & { token: string | null }) => {
    const tenantId = actor.tenantId ?? (await newTenant(harness));
    actors.set(name, { isOperator: false, isMember: false, permissions: none, ...actor, tenantId });
  };
  await add('nobody', { token: null });
  await add('stranger', { token: await issuer.sign({ sub: 'stranger' }) });
  for (const role of TENANT_ROLES) {
    const tenantId = await newTenant(harness);
    const { accessToken: token } = await join(harness, tenantId, role);
    await add(role, { token, tenantId, isMember: true, permissions: permissionsOf(role) });
  }
  for (const role of OPERATOR_ROLES) {
    const token = await issuer.sign({ sub: role, groups: [`pokt-${role}`] });
    await add(`${role} by claim`, { token, isOperator: true, permissions: permissionsOf(role) });
  }
  const operator = { isOperator: true, permissions: permissionsOf('operator') };
  await add('bootstrap token', { token: harness.config.ADMIN_TOKEN, ...operator });
  const session = await signedIn(harness, { grant: 'operator-token', token: harness.config.ADMIN_TOKEN });
  await add('operator’s session', { token: session.accessToken, ...operator });
  for (const scopes of [['tenants:read'], ['usage:read', 'keys:write']] as const) {
    const tenantId = await newTenant(harness);
    const made = await harness.post(`/v1/tenants/${tenantId}/tokens`, { name: 'x', scopes });
    const permissions = permissionsOfScopes(scopes, tenantId);
    await add(`token ${scopes.join(' ')}`, {
      token: String(made.body['token']),
      tenantId,
      isMember: true,
      permissions,
    });
  }
  const made = await harness.post('/v1/tokens', { name: 'x', scopes: ['network:read'] });
  await add('operators’ token', {
    token: String(made.body['token']),
    isOperator: true,
    permissions: permissionsOfScopes(['network:read'], null),
  });
});

afterAll(async () => {
  await harness?.stop();
  await issuer?.stop();
});

/** What the table says: allowed, or the status of the refusal. */
function expected({ access }: DocumentedRoute, actor: Actor): 'allowed' | 401 | 403 | 404 {
  if (access === 'public') return 'allowed';
  if (actor.token === null) return 401;
  if (access === 'signed-in') return 'allowed';
  if (access === undefined) return 403;
  if (access.of === 'operator' && !actor.isOperator) return 403;
  if (access.of === 'tenant' && !actor.isOperator && !actor.isMember) return 404;
  return actor.permissions.has(access.permission) ? 'allowed' : 403;
}

/** Routes that end what their caller stands on, so they come last. */
const ENDINGS = ['/{tenantId}', '/leave', '/keys/rotate', '/sign-out'];
const endingOf = ({ method, path }: DocumentedRoute): number =>
  method === 'GET' ? -1 : ENDINGS.findIndex((end) => path.endsWith(end));

function ask({ method, path }: DocumentedRoute, { token, tenantId }: Actor) {
  const address = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    name === 'tenantId' ? tenantId : randomUUID(),
  );
  // An empty body: where more is needed, whoever passes the guard is told so, and nothing happens.
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
  return harness.ask(address, { method, token, ...body });
}

describe('role × route', () => {
  it('has a rule for every route of the document, each by a row of the table', () => {
    const ruled = ({ access }: DocumentedRoute): boolean =>
      access === 'public' ||
      access === 'signed-in' ||
      (access !== undefined &&
        PERMISSIONS.includes(access.permission) &&
        ['tenant', 'operator', 'anyone'].includes(access.of));
    expect(routes.filter((route) => !ruled(route)).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    const needless = routes.filter(
      ({ path, access }) =>
        typeof access === 'object' && path.startsWith('/v1/tenants/{tenantId}') && access.of === 'anyone',
    );
    expect(needless).toEqual([]);
  });

  it('answers every cell as the table says', async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const route of routes.toSorted((left, right) => endingOf(left) - endingOf(right))) {
      const replies = await Promise.all(
        [...actors].map(async ([name, actor]) => ({
          name,
          want: expected(route, actor),
          reply: await ask(route, actor),
        })),
      );
      for (const { name, want, reply } of replies) {
        cells += 1;
        const { status } = reply;
        const isRight = want === 'allowed' ? status !== 401 && status !== 403 : status === want;
        // A handler may say no where the guard says yes, but not the other way around.
        const saysNoItself = want === 'allowed' && status === 403 && !reply.text.includes('lacks the permission');
        if (!isRight && !saysNoItself) {
          wrong.push(
            `${name}: ${route.method} ${route.path}: ${status} instead of ${want}: ${reply.text.slice(0, 200)}`,
          );
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(cells).toBe(routes.length * actors.size);
    expect(cells).toBeGreaterThan(600);
  });
});
