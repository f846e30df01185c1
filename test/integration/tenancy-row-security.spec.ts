import { randomUUID } from 'node:crypto';
import { createDataSource } from '#libs/persistence';
import { ApiKeys, Applications, Endpoints, ScopedDatabase, Tenants, runInScope, tenancyEntities } from '#libs/tenancy';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';

interface Owned {
  readonly tenantId: string;
  readonly applicationId: string;
  readonly endpointId: string;
  readonly keyId: string;
}

let harness: Harness;
let sql: pg.Client;
let dataSource: DataSource;
let scoped: ScopedDatabase;
let [mine, theirs]: [Owned, Owned] = [{} as Owned, {} as Owned];

async function own(): Promise<Owned> {
  const made = async (path: string, body: object, field: string) =>
    String((await harness.post(path, body)).body[field]);
  const tenantId = await made('/v1/tenants', { name: 'Tenant' }, 'tenantId');
  const path = `/v1/tenants/${tenantId}`;
  const application = { source: 'managed', name: 'app', chains: ['eth-mainnet'], stakePokt: '1000' };
  const applicationId = await made(`${path}/applications`, application, 'applicationId');
  const endpoint = { name: 'endpoint', applicationIds: [applicationId] };
  const endpointId = await made(`${path}/endpoints`, endpoint, 'endpointId');
  const keyId = await made(`${path}/endpoints/${endpointId}/keys`, {}, 'keyId');
  await harness.post('/v1/tokens', { name: 'job', tenantId, scopes: ['usage:read'] });
  await sql.query(
    `INSERT INTO metering.usage (day, tenant_id, endpoint_id, application_id, chain, method, key_id)
     VALUES (current_date, $1, $2, $3, 'eth-mainnet', 'eth_call', $4)`,
    [tenantId, endpointId, applicationId, keyId],
  );
  return { tenantId, applicationId, endpointId, keyId };
}

beforeAll(async () => {
  harness = await startHarness();
  sql = new pg.Client({ connectionString: harness.config.DATABASE_URL });
  await sql.connect();
  dataSource = await createDataSource({ url: harness.config.DATABASE_URL, entities: tenancyEntities });
  scoped = new ScopedDatabase(dataSource);
  mine = await own();
  theirs = await own();
});

afterAll(async () => {
  await dataSource?.destroy();
  await sql?.end();
  await harness?.stop();
});

const asTenant = <T>(tenantId: string, work: () => Promise<T>): Promise<T> =>
  runInScope({ kind: 'tenant', tenantId, actor: 'test' }, work);
const context = () => ({ actor: 'test', requestId: null });

async function tenantTables(): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.columns
      WHERE column_name = 'tenant_id' AND table_schema IN ('tenancy', 'metering', 'operations') ORDER BY 1`,
  );
  return rows.map((row) => row.name);
}

describe('row-level security', () => {
  it('is forced on every table that has a tenant', async () => {
    const { rows } = await sql.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relrowsecurity AND c.relforcerowsecurity`,
    );
    expect((await tenantTables()).filter((table) => !rows.some((row) => row.name === table))).toEqual([]);
  });

  it('shows a tenant its own rows of every table and nobody else’s, and nothing without a tenant', async () => {
    for (const table of await tenantTables()) {
      const count = () => scoped.query<Array<{ tenant_id: string }>>(`SELECT tenant_id FROM ${table}`).catch(() => []);
      const seen = await asTenant(mine.tenantId, count);
      expect(new Set(seen.map((row) => row.tenant_id)).size, table).toBeLessThanOrEqual(1);
      expect(seen.filter((row) => row.tenant_id !== mine.tenantId && table !== 'tenancy.idempotency_keys')).toEqual([]);
      expect(await runInScope({ kind: 'nobody' }, count), table).toEqual([]);
    }
    const usage = () => scoped.query('SELECT 1 FROM metering.usage');
    expect(await asTenant(mine.tenantId, usage)).toHaveLength(1);
    expect(await runInScope({ kind: 'operator', actor: 'test' }, usage)).toHaveLength(2);
  });

  it('holds alone when a service is asked with another tenant’s id', async () => {
    const app = harness.admin.app;
    const [tenants, applications, endpoints, keys] = [
      app.get(Tenants),
      app.get(Applications),
      app.get(Endpoints),
      app.get(ApiKeys),
    ];
    const { tenantId, applicationId, endpointId, keyId } = theirs;
    const attempts: Array<() => Promise<unknown>> = [
      () => tenants.get(tenantId),
      () => tenants.suspend(context(), tenantId, 'mine now'),
      () => applications.get(tenantId, applicationId),
      () => applications.requestUnstake(context(), tenantId, applicationId),
      () => applications.createManaged(context(), tenantId, { name: 'x', chains: ['0021'], stakeUpokt: 1n }),
      () => endpoints.get(tenantId, endpointId),
      () => endpoints.update(context(), tenantId, endpointId, { name: 'mine now' }),
      () => endpoints.create(context(), mine.tenantId, { name: 'x', applicationIds: [applicationId] }),
      () => keys.create(context(), tenantId, endpointId, { name: 'x' }),
      () => keys.revoke(context(), tenantId, endpointId, keyId),
    ];
    for (const attempt of attempts) {
      await expect(asTenant(mine.tenantId, attempt)).rejects.toMatchObject({ code: 'not-found' });
    }
    const page = { limit: 50 };
    expect((await asTenant(mine.tenantId, () => endpoints.list(tenantId, page))).items).toEqual([]);
    expect((await asTenant(mine.tenantId, () => applications.list(tenantId, page))).items).toEqual([]);
    const listed = await asTenant(mine.tenantId, () => tenants.list({ limit: 50 }));
    expect(listed.items.map((tenant) => tenant.tenantId)).toEqual([mine.tenantId]);
  });

  it('lets nothing be written for another tenant', async () => {
    const insert = () =>
      scoped.query(`INSERT INTO tenancy.endpoints (tenant_id, name) VALUES ($1, 'planted')`, [theirs.tenantId]);
    await expect(asTenant(mine.tenantId, insert)).rejects.toThrow(/row-level security/);
    const move = () => scoped.query('UPDATE tenancy.api_keys SET tenant_id = $1', [theirs.tenantId]);
    await expect(asTenant(mine.tenantId, move)).rejects.toThrow(/row-level security/);
    const wipe = () =>
      scoped.query<[unknown, number]>('DELETE FROM tenancy.api_keys WHERE tenant_id = $1', [theirs.tenantId]);
    expect((await asTenant(mine.tenantId, wipe))[1]).toBe(0);
  });

  it('gives the request role no way to edit the audit log, to change the schema or to pass the policies', async () => {
    const asOperator = (statement: string) => () =>
      runInScope({ kind: 'operator', actor: 'test' }, () => scoped.query(statement));
    for (const statement of [
      `UPDATE tenancy.audit_entries SET actor = 'nobody'`,
      'DELETE FROM tenancy.audit_entries',
      'TRUNCATE tenancy.audit_entries',
      'CREATE TABLE tenancy.planted (x int)',
      'ALTER TABLE tenancy.tenants DISABLE ROW LEVEL SECURITY',
      'DROP TABLE tenancy.api_keys',
      'SELECT * FROM ledger.blocks',
      `SELECT tenancy.protect('tenancy.tenants', 'SELECT')`,
    ]) {
      await expect(asOperator(statement)(), statement).rejects.toThrow(/permission denied|must be owner/);
    }
    const { rows } = await sql.query(
      `SELECT 1 FROM pg_roles WHERE rolname IN ('portal_app', 'portal_system')
          AND (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)`,
    );
    expect(rows).toEqual([]);
  });

  it('leaves nothing of a request on its pooled connection', async () => {
    const one = await createDataSource({ url: harness.config.DATABASE_URL, connectionsMax: 1 });
    try {
      await asTenant(mine.tenantId, () => new ScopedDatabase(one).query('SELECT 1'));
      await asTenant(mine.tenantId, () => new ScopedDatabase(one).query('SELECT nonsense')).catch(() => undefined);
      const [left] = await one.query<[{ role: string; tenant: string }]>(
        `SELECT current_setting('role') AS role, COALESCE(current_setting('portal.tenant', true), '') AS tenant`,
      );
      expect(left).toEqual({ role: 'none', tenant: '' });
    } finally {
      await one.destroy();
    }
  });

  it('works for logins that own nothing: the admin API as portal_app, gateways as portal_system', async () => {
    const suffix = randomUUID().slice(0, 8);
    const url = new URL(harness.config.DATABASE_URL);
    for (const role of ['portal_app', 'portal_system']) {
      const login = `${role}_${suffix}`;
      await sql.query(`CREATE ROLE ${login} LOGIN PASSWORD 'x' IN ROLE ${role}`);
      url.username = login;
      url.password = 'x';
      const source = await createDataSource({ url: url.href, entities: tenancyEntities });
      try {
        const all = await source.query<unknown[]>('SELECT 1 FROM tenancy.tenants');
        expect(all).toHaveLength(role === 'portal_app' ? 0 : 2);
        if (role === 'portal_system') continue;
        const database = new ScopedDatabase(source);
        const own = await asTenant(mine.tenantId, () => database.query<unknown[]>('SELECT 1 FROM tenancy.tenants'));
        expect(own).toHaveLength(1);
      } finally {
        await source.destroy();
        await sql.query(`DROP ROLE ${login}`);
      }
    }
  });
});
