import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, type Reply, startHarness } from './admin-harness.js';
import { documentedRoutes, exampleBody, type DocumentedRoute } from './admin-routes.js';

type Json = Record<string, unknown>;

/** What nobody but the system sets, and what would be worth most to a thief: each is tried alone too. */
const COVETED = ['tenantId', 'status', 'role', 'stakedUpokt', 'version', 'created_at'];
/** Parameters of a call are the caller's own JSON. */
const FREE = new Set(['params']);

let harness: Harness;
let sql: pg.Client;
let bodies: ReadonlyArray<{ readonly route: DocumentedRoute; readonly path: string; readonly body: Json }>;
/** Names of every column of every table, as SQL and as entities spell them. */
let columns: readonly string[];
let before: ReadonlyMap<string, string>;

beforeAll(async () => {
  harness = await startHarness();
  sql = new pg.Client({ connectionString: harness.config.DATABASE_URL });
  await sql.connect();
  const { setting, ...ids } = await belongings();
  const routes = await documentedRoutes(harness);
  bodies = routes
    .filter(({ example }) => example !== undefined)
    .map((route) => ({
      route,
      path: route.path.replaceAll(
        /\{(\w+)\}/g,
        (_whole, name: string) => (name === 'name' ? setting : ids[name]) ?? randomUUID(),
      ),
      body: exampleBody(route, ids) as Json,
    }));
  const { rows } = await sql.query<{ name: string }>(
    `SELECT DISTINCT column_name AS name FROM information_schema.columns WHERE table_schema !~ '^(pg_|information_schema)'`,
  );
  const entities = harness.admin.app.get(DataSource).entityMetadatas;
  const camel = (name: string) => name.replaceAll(/_([a-z0-9])/g, (_whole, letter: string) => letter.toUpperCase());
  columns = [
    ...new Set([
      ...rows.flatMap(({ name }) => [name, camel(name)]),
      ...entities.flatMap((entity) => entity.columns.map(({ propertyName }) => propertyName)),
      ...COVETED,
    ]),
  ];
  before = await tables();
});

afterAll(async () => {
  await sql?.end();
  await harness?.stop();
});

/** Things that the paths name, so that nothing but the body can be the reason of a refusal. */
async function belongings(): Promise<Record<string, string> & { readonly setting: string }> {
  const made = async (path: string, body: object, field: string) =>
    String((await harness.post(path, body)).body[field]);
  const tenantId = await made('/v1/tenants', { name: 'Owner' }, 'tenantId');
  const tenant = `/v1/tenants/${tenantId}`;
  const application = { source: 'managed', name: 'app', chains: ['eth-mainnet'], stakePokt: '1000' };
  const applicationId = await made(`${tenant}/applications`, application, 'applicationId');
  const endpointId = await made(`${tenant}/endpoints`, { name: 'e', applicationIds: [applicationId] }, 'endpointId');
  const keyId = await made(`${tenant}/endpoints/${endpointId}/keys`, {}, 'keyId');
  const ruleId = await made(`${tenant}/alert-rules`, { name: 'rule' }, 'ruleId');
  const channel = { kind: 'webhook', name: 'channel', url: 'https://hooks.acme.io/' };
  const channelId = await made(`${tenant}/alert-channels`, channel, 'channelId');
  const planId = await made('/v1/plans', { name: 'plan', limits: {} }, 'planId');
  const settings = await harness.ask('/v1/operations/settings');
  const setting = String((settings.body['items'] as Array<{ name: string }>)[0]?.name);
  const publicKey = 'ab'.repeat(32);
  return { tenantId, applicationId, endpointId, keyId, ruleId, channelId, planId, publicKey, setting };
}

/** What every table holds, as a digest. */
async function tables(): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema)'`,
  );
  const digests = new Map<string, string>();
  for (const { name } of rows) {
    const digest = `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') AS digest FROM ${name} t`;
    digests.set(name, String((await sql.query<{ digest: string }>(digest)).rows[0]?.digest));
  }
  return digests;
}

const send = (route: DocumentedRoute, path: string, body: unknown): Promise<Reply> =>
  harness.ask(path, { method: route.method, body });

/** The body with these members added to each of its objects in turn, the outermost first. */
function withMembers(value: Json, extra: (object: Json) => Json): Json[] {
  const inner = Object.entries(value).flatMap(([field, member]) =>
    typeof member === 'object' && member !== null && !Array.isArray(member) && !FREE.has(field)
      ? withMembers(member as Json, extra).map((changed) => ({ ...value, [field]: changed }))
      : [],
  );
  return [{ ...value, ...extra(value) }, ...inner];
}

/** Names that the answer must complain about, and does not. */
function unnamed(reply: Reply, names: readonly string[]): string[] {
  const told = (reply.body['errors'] as Array<{ message: string }> | undefined)?.map(({ message }) => message) ?? [];
  return names.filter((name) => !told.some((message) => message.includes(`"${name}"`)));
}

describe('a body with a member that is not its own', () => {
  it('covers every documented body and every column', () => {
    expect(bodies.length).toBeGreaterThanOrEqual(30);
    expect(columns.length).toBeGreaterThan(200);
    expect(columns).toEqual(expect.arrayContaining(['sealed_private_key', 'sealedPrivateKey', 'hash', 'plan_id']));
  });

  it('is refused with 400 that names every member, for every column of every table, at every depth', async () => {
    const through: string[] = [];
    for (const { route, path, body } of bodies) {
      const fields = await ownFields(route);
      const strangers = columns.filter((column) => !fields.has(column));
      const tries = [strangers, ...COVETED.filter((name) => !fields.has(name)).map((name) => [name])];
      for (const names of tries) {
        const extra = () => Object.fromEntries(names.map((name) => [name, 'mine now']));
        for (const changed of withMembers(body, extra)) {
          const reply = await send(route, path, changed);
          const missed = unnamed(reply, names);
          if (reply.status === 400 && missed.length === 0) continue;
          through.push(`${route.method} ${route.path} → ${reply.status} ${reply.text.slice(0, 200)}; ${missed.length}`);
        }
      }
    }
    expect(through).toEqual([]);
  });
});

describe('a body that reaches for prototypes', () => {
  const PAYLOADS = [
    `"__proto__":{"polluted":true}`,
    `"__pr\\u006fto__":{"polluted":true}`,
    `"__proto__":null,"__proto__":{"polluted":true}`,
    `"constructor":{"prototype":{"polluted":true}}`,
    `"constructor":{},"constructor":{"prototype":{"polluted":true}}`,
    `"prototype":{"polluted":true}`,
  ];

  it('is refused with 400 in every object and list of every body, and pollutes nothing', async () => {
    const through: string[] = [];
    for (const { route, path, body } of bodies) {
      for (const payload of PAYLOADS) {
        const marked = withMembers(body, () => ({ '@': 0 })).map((one) => JSON.stringify(one));
        const texts = marked.map((text) => text.replace('"@":0', payload));
        texts.push(`[{${payload}}]`, JSON.stringify({ ...body, deep: [[{ '@': 0 }]] }).replace('"@":0', payload));
        for (const text of texts) {
          const reply = await send(route, path, text);
          if (reply.status !== 400)
            through.push(`${route.method} ${route.path} ${text} → ${reply.status} ${reply.text}`);
        }
      }
    }
    expect(through).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('is refused where the path takes no body, too', async () => {
    const routes = (await documentedRoutes(harness)).filter(
      ({ method, example }) => example === undefined && method !== 'GET',
    );
    const path = (route: DocumentedRoute) => route.path.replaceAll(/\{\w+\}/g, () => randomUUID());
    for (const route of routes) {
      for (const payload of PAYLOADS.slice(-2)) {
        const reply = await send(route, path(route), `{${payload}}`);
        expect(reply.status, `${route.method} ${route.path} ${payload} → ${reply.text}`).toBe(400);
      }
    }
  });
});

describe('a body that says a member twice', () => {
  it('is refused with 400 that names it: readers disagree about which one counts', async () => {
    const through: string[] = [];
    for (const { route, path, body } of bodies) {
      const [field = '', value] = Object.entries(body)[0] ?? [];
      const escaped = `\\u${field.charCodeAt(0).toString(16).padStart(4, '0')}${field.slice(1)}`;
      for (const name of [field, escaped]) {
        const text = `${JSON.stringify(body).slice(0, -1)},"${name}":${JSON.stringify(value)}}`;
        const reply = await send(route, path, text);
        if (reply.status !== 400 || !reply.text.includes(field)) {
          through.push(`${route.method} ${route.path} ${text} → ${reply.status} ${reply.text.slice(0, 200)}`);
        }
      }
    }
    expect(through).toEqual([]);
  });
});

it('nothing of all this was written', async () => {
  const after = await tables();
  expect([...after].filter(([name, digest]) => before.get(name) !== digest)).toEqual([]);
});

let schemas: Map<string, ReadonlySet<string>> | null = null;

/** Names of all members that a route's body may have, at any depth. */
async function ownFields({ method, path }: DocumentedRoute): Promise<ReadonlySet<string>> {
  schemas ??= await readSchemas();
  return schemas.get(`${method} ${path}`) ?? new Set();
}

async function readSchemas(): Promise<Map<string, ReadonlySet<string>>> {
  const document = (await harness.ask('/openapi.json', { token: null })).body as {
    paths: Record<string, Record<string, { requestBody?: unknown }>>;
    components: { schemas: Record<string, unknown> };
  };
  const collect = (value: unknown, into: Set<string>): Set<string> => {
    if (typeof value !== 'object' || value === null) return into;
    for (const [name, member] of Object.entries(value)) {
      if (name === 'example' || name === 'examples') continue;
      if (name === 'properties') Object.keys(member as object).forEach((field) => into.add(field));
      if (name === '$ref') collect(document.components.schemas[String(member).split('/').at(-1) ?? ''], into);
      else collect(member, into);
    }
    return into;
  };
  return new Map(
    Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(
        ([method, { requestBody }]) => [`${method.toUpperCase()} ${path}`, collect(requestBody, new Set())] as const,
      ),
    ),
  );
}
