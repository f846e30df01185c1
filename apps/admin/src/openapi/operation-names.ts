const VERB_OF_METHOD: Readonly<Record<string, string>> = {
  get: 'get',
  patch: 'update',
  put: 'replace',
  delete: 'delete',
};

/** Where the path alone makes no good name. Names never change: clients and scripts call them. */
const NAMES: Readonly<Record<string, string>> = {
  'GET /livez': 'getLiveness',
  'GET /readyz': 'getReadiness',
  'GET /problems': 'listProblems',
  'GET /problems/{code}': 'getProblem',
  'GET /.well-known/openid-configuration': 'getOpenidConfiguration',
  'GET /.well-known/jwks.json': 'getSigningKeys',
  'POST /v1/auth/token': 'signIn',
  'POST /v1/auth/sign-out': 'signOut',
  'POST /v1/auth/keys/rotate': 'rotateSigningKey',
  'GET /v1/tenants/{tenantId}/export': 'exportTenant',
  'GET /v1/usage/events': 'listUsageEvents',
  'GET /v1/tenants/{tenantId}/usage/events': 'listTenantUsageEvents',
  'GET /v1/usage/reconciliation': 'reconcileUsage',
  'POST /v1/tenants/{tenantId}/endpoints/{endpointId}/secret': 'demandEndpointSecret',
  'POST /v1/tenants/{tenantId}/endpoints/{endpointId}/secret/drop': 'dropEndpointSecret',
  'POST /v1/tenants/{tenantId}/alert-channels/{channelId}/rotate-secret': 'rotateAlertChannelSecret',
  'POST /v1/tenants/{tenantId}/alert-channels/{channelId}/send-confirmation': 'sendAlertChannelConfirmation',
  'POST /v1/tenants/{tenantId}/alert-channels/{channelId}/resend-failed': 'resendFailedAlertDeliveries',
};

/** What ends in s without being several. */
const SINGULAR = new Set(['usage', 'status', 'success', 'address']);

/** A route as the document writes it: `post`, `/v1/tenants/{tenantId}`. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/**
 * Names every route by a verb and a noun: `createTenant`, `listKeys`, `suspendEndpoint`. Derived from method and path, so that a new
 * route has a name without being asked; where two would share one, the deeper route also names its parent (`listTenantTokens`).
 *
 * @returns names by `METHOD /path`
 * @throws Error when two routes still share a name, which only an entry of `NAMES` can settle
 */
export function nameOperations(routes: readonly Route[]): ReadonlyMap<string, string> {
  const byName = new Map<string, string[]>();
  for (const route of routes.toSorted((left, right) => left.path.length - right.path.length)) {
    const key = routeKey(route);
    const short = NAMES[key] ?? nameOf(route, false);
    const name = byName.has(short) ? nameOf(route, true) : short;
    byName.set(name, [...(byName.get(name) ?? []), key]);
  }
  for (const [name, keys] of byName) {
    if (keys.length > 1) throw new Error(`${keys.join(' and ')} would both be called ${name}: name one in NAMES.`);
  }
  return new Map([...byName].map(([name, [key = '']]) => [key, name]));
}

/** `METHOD /path`. */
export function routeKey({ method, path }: Route): string {
  return `${method.toUpperCase()} ${path}`;
}

function nameOf({ method, path }: Route, withParent: boolean): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== 'v1');
  const nouns = parts.filter((part) => !part.startsWith('{'));
  const last = parts.at(-1) ?? '';
  const parent = (depth: number): string =>
    withParent && nouns.length > depth ? pascal(singular(nouns.at(-1 - depth) ?? '')) : '';
  if (last.startsWith('{')) {
    return (VERB_OF_METHOD[method] ?? method) + parent(1) + pascal(singular(nouns.at(-1) ?? ''));
  }
  const owner = pascal(singular(nouns.at(-2) ?? ''));
  if (isPlural(last)) {
    if (method === 'get') return `list${parent(1)}${pascal(last)}`;
    if (method === 'post') return `create${parent(1)}${pascal(singular(last))}`;
    return `${VERB_OF_METHOD[method] ?? method}${parent(1)}${pascal(last)}`;
  }
  if (method === 'post') return camel(last) + parent(2) + owner;
  return (VERB_OF_METHOD[method] ?? method) + parent(2) + owner + pascal(last);
}

function isPlural(word: string): boolean {
  return word.endsWith('s') && !SINGULAR.has(word);
}

function singular(word: string): string {
  if (!isPlural(word)) return word;
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

function pascal(text: string): string {
  return text.replaceAll(/(?:^|[-_.])(\w)/g, (_whole, letter: string) => letter.toUpperCase());
}

function camel(text: string): string {
  const name = pascal(text);
  return name.charAt(0).toLowerCase() + name.slice(1);
}
