import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The plan of whoever has no other: it limits nothing beside the stake, and prices nothing. */
const STANDARD = '00000000-0000-7000-8000-000000000001';
const NO_LIMITS = {
  dailyRelaysMax: null,
  overage: { mode: 'stop' },
  perSecondMax: { tenant: null, endpoint: null, key: null },
  batchCallsMax: null,
  logBlocksMax: null,
  methods: null,
  socketsMax: null,
};

/**
 * Plans: what a tenant may do beside its stake, and what relays cost. A plan's every state is kept with the UTC day from which its
 * prices hold, and so is every tenant's plan, so that an invoice of any month can be made again.
 */
export class Plans1764000602000 implements MigrationInterface {
  readonly name = 'Plans1764000602000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    await announce(runner, 'status, suspended_reason, delete_at, erased_at, plan_id');
  }

  async down(runner: QueryRunner): Promise<void> {
    await announce(runner, 'status, suspended_reason, delete_at, erased_at');
    await runner.query('ALTER TABLE tenancy.tenants DROP COLUMN plan_id');
    for (const table of ['plan_assignments', 'plan_versions', 'plans'])
      await runner.query(`DROP TABLE tenancy.${table}`);
    await runner.query('DROP FUNCTION tenancy.announce_plan()');
  }
}

const UP = [
  `CREATE TABLE tenancy.plans (
     plan_id     uuid PRIMARY KEY,
     name        text NOT NULL UNIQUE CHECK (name ~ '^[a-z][a-z0-9-]{0,39}$'),
     limits      jsonb NOT NULL CHECK (jsonb_typeof(limits) = 'object'),
     prices      jsonb CHECK (jsonb_typeof(prices) = 'object'),
     retired_at  timestamptz,
     created_at  timestamptz NOT NULL DEFAULT now(),
     updated_at  timestamptz NOT NULL DEFAULT now()
   )`,
  `SELECT tenancy.versioned('tenancy.plans')`,
  `CREATE TABLE tenancy.plan_versions (
     plan_id     uuid NOT NULL REFERENCES tenancy.plans,
     version     integer NOT NULL CHECK (version > 0),
     from_day    date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date,
     limits      jsonb NOT NULL,
     prices      jsonb,
     created_at  timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (plan_id, version)
   )`,
  `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tenancy.plan_versions
     FOR EACH ROW EXECUTE FUNCTION tenancy.refuse_change()`,
  `INSERT INTO tenancy.plans (plan_id, name, limits) VALUES ('${STANDARD}', 'standard', '${JSON.stringify(NO_LIMITS)}')`,
  `INSERT INTO tenancy.plan_versions (plan_id, version, from_day, limits)
     SELECT plan_id, version, '2020-01-01', limits FROM tenancy.plans`,
  `ALTER TABLE tenancy.tenants ADD COLUMN plan_id uuid NOT NULL DEFAULT '${STANDARD}' REFERENCES tenancy.plans`,
  'CREATE INDEX tenants_by_plan ON tenancy.tenants (plan_id)',

  // A day without a row before it: the standard plan. Of two changes on one day the later holds for all of it.
  `CREATE TABLE tenancy.plan_assignments (
     tenant_id    uuid NOT NULL REFERENCES tenancy.tenants,
     from_day     date NOT NULL,
     plan_id      uuid NOT NULL REFERENCES tenancy.plans,
     assigned_at  timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (tenant_id, from_day)
   )`,
  `SELECT tenancy.protect('tenancy.plan_assignments', 'SELECT, INSERT, UPDATE')`,
  'GRANT SELECT, INSERT, UPDATE ON tenancy.plan_assignments TO portal_system',

  // Everyone may read the catalogue, operators write it.
  ...['plans', 'plan_versions'].flatMap((table) => [
    `ALTER TABLE tenancy.${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE tenancy.${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY reading ON tenancy.${table} FOR SELECT TO portal_app USING (true)`,
    `CREATE POLICY inserting ON tenancy.${table} FOR INSERT TO portal_app WITH CHECK (tenancy.is_operator())`,
    `CREATE POLICY changing ON tenancy.${table} FOR UPDATE TO portal_app USING (tenancy.is_operator())`,
    `CREATE POLICY system ON tenancy.${table} TO portal_system USING (true) WITH CHECK (true)`,
    `GRANT SELECT, INSERT, UPDATE ON tenancy.${table} TO portal_app, portal_system`,
  ]),

  `CREATE FUNCTION tenancy.announce_plan() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM pg_notify('tenancy', jsonb_build_object('table', 'plans', 'planId', NEW.plan_id)::text);
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER announce_changes AFTER UPDATE OF limits ON tenancy.plans FOR EACH ROW
     WHEN (OLD.limits IS DISTINCT FROM NEW.limits) EXECUTE FUNCTION tenancy.announce_plan()`,
];

/** Makes tenants tell the gateways of changes to these columns. */
async function announce(runner: QueryRunner, columns: string): Promise<void> {
  await runner.query('DROP TRIGGER announce_changes ON tenancy.tenants');
  await runner.query(
    `CREATE TRIGGER announce_changes AFTER UPDATE OF ${columns} ON tenancy.tenants
       FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION tenancy.announce()`,
  );
}
