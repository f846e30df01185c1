import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Creates the `operations` schema: what operators set while gateways run (settings, closed nodes, notices, who may ask for
 * explanations), the stories of single requests, and what was taken out of a queue by hand.
 *
 * Tables that gateways hold in memory announce each change on the channel `operations`.
 */
export class Operations1764000800000 implements MigrationInterface {
  readonly name = 'Operations1764000800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...ANNOUNCEMENTS, ...RIGHTS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA operations CASCADE');
  }
}

const TABLES = [
  `CREATE SCHEMA operations`,

  // value NULL: the environment of each gateway decides again; the row stays for its version.
  `CREATE TABLE operations.settings (
    setting_id  uuid PRIMARY KEY,
    name        text NOT NULL UNIQUE CHECK (name ~ '^[a-z][a-zA-Z0-9.]{0,79}$'),
    value       jsonb,
    version     integer NOT NULL CHECK (version > 0),
    updated_at  timestamptz NOT NULL,
    updated_by  text NOT NULL
  )`,

  `CREATE TABLE operations.closures (
    closure_id  uuid PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('node', 'operator')),
    target      text NOT NULL CHECK (length(target) BETWEEN 1 AND 255),
    chain       text CHECK (length(chain) BETWEEN 1 AND 64),
    mode        text NOT NULL CHECK (mode IN ('cordon', 'drain')),
    reason      text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    created_by  text NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz CHECK (expires_at > created_at),
    UNIQUE NULLS NOT DISTINCT (kind, target, chain)
  )`,

  `CREATE TABLE operations.notices (
    notice_id   uuid PRIMARY KEY,
    chain       text CHECK (length(chain) BETWEEN 1 AND 64),
    severity    text NOT NULL CHECK (severity IN ('info', 'maintenance', 'outage')),
    message     text NOT NULL CHECK (length(message) BETWEEN 1 AND 1000),
    starts_at   timestamptz NOT NULL,
    ends_at     timestamptz CHECK (ends_at > starts_at),
    created_by  text NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL
  )`,

  `CREATE TABLE operations.explain_grants (
    endpoint_id  uuid PRIMARY KEY,
    tenant_id    uuid NOT NULL,
    created_by   text NOT NULL,
    created_at   timestamptz NOT NULL,
    FOREIGN KEY (tenant_id, endpoint_id) REFERENCES tenancy.endpoints (tenant_id, endpoint_id) ON DELETE CASCADE
  )`,

  // No foreign keys: written by gateways in batches, and gone after days. tenant_id NULL: no key was recognised.
  `CREATE TABLE operations.request_traces (
    trace_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id   text NOT NULL CHECK (length(request_id) BETWEEN 8 AND 64),
    at           timestamptz NOT NULL,
    tenant_id    uuid,
    endpoint_id  uuid,
    chain        text,
    method       text,
    outcome      text NOT NULL,
    detail       jsonb NOT NULL
  )`,
  `CREATE INDEX request_traces_by_request ON operations.request_traces (request_id)`,
  `CREATE INDEX request_traces_by_tenant ON operations.request_traces (tenant_id, trace_id)`,

  // Nothing that carries receipts leaves a queue by hand without its content being kept here.
  `CREATE TABLE operations.removed_jobs (
    removal_id   uuid PRIMARY KEY,
    queue        text NOT NULL,
    job_id       text NOT NULL,
    name         text NOT NULL,
    data         jsonb NOT NULL,
    failed_reason text,
    attempts     integer NOT NULL,
    removed_by   text NOT NULL,
    removed_at   timestamptz NOT NULL,
    restored_at  timestamptz
  )`,
];

const ANNOUNCEMENTS = [
  `CREATE FUNCTION operations.announce() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('operations', jsonb_build_object('table', TG_TABLE_NAME)::text);
    RETURN NULL;
  END $$`,
  ...['settings', 'closures', 'notices', 'explain_grants'].map(
    (table) => `CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE ON operations.${table}
      FOR EACH STATEMENT EXECUTE FUNCTION operations.announce()`,
  ),
];

/** Tables that operators alone see; a tenant's credential finds them empty. */
const OPERATORS_ONLY = ['settings', 'closures', 'notices', 'removed_jobs'];

const RIGHTS = [
  'GRANT USAGE ON SCHEMA operations TO portal_app, portal_system',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA operations TO portal_system',
  'GRANT USAGE ON ALL SEQUENCES IN SCHEMA operations TO portal_system',
  'ALTER DEFAULT PRIVILEGES IN SCHEMA operations GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_system',
  ...OPERATORS_ONLY.flatMap((table) => [
    `ALTER TABLE operations.${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE operations.${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY operator ON operations.${table} TO portal_app
       USING (tenancy.is_operator()) WITH CHECK (tenancy.is_operator())`,
    `CREATE POLICY system ON operations.${table} TO portal_system USING (true) WITH CHECK (true)`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON operations.${table} TO portal_app`,
  ]),
  `SELECT tenancy.protect('operations.explain_grants', 'SELECT, INSERT, DELETE')`,
  `SELECT tenancy.protect('operations.request_traces', 'SELECT')`,
];
