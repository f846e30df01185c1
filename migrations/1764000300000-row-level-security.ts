import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Row-level security as the second wall between tenants, and the two roles that are not the tables' owner.
 *
 * `portal_app`: requests of the admin API. Sees the tenant of the transaction-local setting `portal.tenant`, every tenant while
 * `portal.operator` is `on`, and nothing when neither is set. `portal_system`: the system's own processes, which work across tenants.
 * Neither may log in, change the schema or bypass policies. FORCE binds the owner too: it keeps working as a member of
 * `portal_system`. A superuser passes all policies, and is bound by `SET LOCAL ROLE portal_app` like anyone else.
 */
export class RowLevelSecurity1764000300000 implements MigrationInterface {
  readonly name = 'RowLevelSecurity1764000300000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...ROLES, ...FUNCTIONS, ...GRANTS, ...POLICIES]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...PROTECTED, 'tenancy.idempotency_keys']) {
      await runner.query(`DROP POLICY IF EXISTS tenant ON ${table}`);
      await runner.query(`DROP POLICY IF EXISTS system ON ${table}`);
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
    }
    // The roles belong to the whole server and may serve other databases: only what they hold here goes.
    await runner.query('DROP OWNED BY portal_app, portal_system');
    await runner.query('DROP FUNCTION tenancy.protect(regclass, text)');
    await runner.query('DROP FUNCTION tenancy.current_tenant()');
    await runner.query('DROP FUNCTION tenancy.is_operator()');
  }
}

/** Every table with a tenant's rows, and what `portal_app` may do to them. */
const RIGHTS: ReadonlyArray<readonly [table: string, rights: string]> = [
  ['tenancy.tenants', 'SELECT, INSERT, UPDATE, DELETE'],
  ['tenancy.applications', 'SELECT, INSERT, UPDATE, DELETE'],
  ['tenancy.endpoints', 'SELECT, INSERT, UPDATE, DELETE'],
  ['tenancy.endpoint_applications', 'SELECT, INSERT, UPDATE, DELETE'],
  ['tenancy.api_keys', 'SELECT, INSERT, UPDATE, DELETE'],
  ['tenancy.service_tokens', 'SELECT, INSERT, UPDATE, DELETE'],
  ['tenancy.settings', 'SELECT, INSERT, UPDATE, DELETE'],
  ['tenancy.audit_entries', 'SELECT, INSERT'],
  ['metering.usage', 'SELECT'],
  ['metering.invalid_receipts', 'SELECT'],
];

const PROTECTED = RIGHTS.map(([table]) => table);

const ROLES = ['portal_app', 'portal_system'].flatMap((role) => [
  // Roles are the server's, so another database's migration may have made it, or be making it right now.
  `DO $$ BEGIN
     IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN
       BEGIN
         CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
       EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
       END;
     END IF;
     IF NOT pg_has_role(current_user, '${role}', 'MEMBER') THEN
       GRANT ${role} TO CURRENT_USER;
     END IF;
   END $$`,
]);

const FUNCTIONS = [
  `CREATE FUNCTION tenancy.current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
     $$ SELECT NULLIF(current_setting('portal.tenant', true), '')::uuid $$`,
  `CREATE FUNCTION tenancy.is_operator() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
     $$ SELECT COALESCE(current_setting('portal.operator', true), '') = 'on' $$`,
  // For later tables with a tenant_id, too: SELECT tenancy.protect('metering.alerts', 'SELECT, INSERT').
  `CREATE FUNCTION tenancy.protect(target regclass, rights text) RETURNS void LANGUAGE plpgsql AS $$
   BEGIN
     EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
     EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
     EXECUTE format('CREATE POLICY tenant ON %s TO portal_app
       USING (tenant_id = tenancy.current_tenant() OR tenancy.is_operator())
       WITH CHECK (tenant_id = tenancy.current_tenant() OR tenancy.is_operator())', target);
     EXECUTE format('CREATE POLICY system ON %s TO portal_system USING (true) WITH CHECK (true)', target);
     EXECUTE format('GRANT %s ON %s TO portal_app', rights, target);
   END $$`,
  `REVOKE EXECUTE ON FUNCTION tenancy.protect(regclass, text) FROM PUBLIC`,
];

const GRANTS = [
  'GRANT USAGE ON SCHEMA tenancy TO portal_app, portal_system',
  'GRANT USAGE ON SCHEMA metering TO portal_app, portal_system',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA tenancy TO portal_system',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA metering TO portal_system',
  'GRANT USAGE ON ALL SEQUENCES IN SCHEMA metering TO portal_system',
  'ALTER DEFAULT PRIVILEGES IN SCHEMA tenancy GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_system',
  'ALTER DEFAULT PRIVILEGES IN SCHEMA metering GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_system',
  'ALTER DEFAULT PRIVILEGES IN SCHEMA metering GRANT USAGE ON SEQUENCES TO portal_system',
  'REVOKE UPDATE, DELETE, TRUNCATE ON tenancy.audit_entries FROM portal_system',
];

const POLICIES = [
  ...RIGHTS.map(([table, rights]) => `SELECT tenancy.protect('${table}', '${rights}')`),
  // Kept answers belong to whoever asked, whichever tenant it was about.
  'ALTER TABLE tenancy.idempotency_keys ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE tenancy.idempotency_keys FORCE ROW LEVEL SECURITY',
  `CREATE POLICY tenant ON tenancy.idempotency_keys TO portal_app
     USING (actor = current_setting('portal.actor', true) OR tenancy.is_operator())
     WITH CHECK (actor = current_setting('portal.actor', true) OR tenancy.is_operator())`,
  'CREATE POLICY system ON tenancy.idempotency_keys TO portal_system USING (true) WITH CHECK (true)',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON tenancy.idempotency_keys TO portal_app',
];
