import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Quota alerts: rules and channels of tenants, the thresholds that were crossed, and what is to be sent because of it.
 *
 * Two triggers on `metering.usage` note what each statement added. They only append, in the transaction that stores the chunk: a
 * chunk that is stored counts here once, and stores never wait for each other. One examiner at a time folds the notes into `daily_use`.
 */
export class Alerts1764000700000 implements MigrationInterface {
  readonly name = 'Alerts1764000700000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...NOTES, ...RIGHTS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER note_inserted_use ON metering.usage');
    await runner.query('DROP TRIGGER note_updated_use ON metering.usage');
    await runner.query('DROP SCHEMA alerts CASCADE');
  }
}

const TABLES = [
  'CREATE SCHEMA alerts',

  `CREATE TABLE alerts.use_notes (
    position        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day             date NOT NULL,
    tenant_id       uuid NOT NULL,
    endpoint_id     uuid NOT NULL,
    application_id  uuid NOT NULL,
    relays          bigint NOT NULL
  )`,
  `CREATE TABLE alerts.daily_use (
    day             date NOT NULL,
    tenant_id       uuid NOT NULL,
    endpoint_id     uuid NOT NULL,
    application_id  uuid NOT NULL,
    relays          bigint NOT NULL,
    PRIMARY KEY (day, tenant_id, endpoint_id, application_id)
  ) WITH (fillfactor = 70)`,

  // subject_id NULL: every one of that kind. channel_ids NULL: every channel of the tenant.
  `CREATE TABLE alerts.rules (
    rule_id      uuid PRIMARY KEY,
    tenant_id    uuid NOT NULL REFERENCES tenancy.tenants ON DELETE CASCADE,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    subject      text NOT NULL CHECK (subject IN ('application', 'endpoint', 'tenant')),
    subject_id   uuid,
    thresholds   smallint[] NOT NULL CHECK (cardinality(thresholds) BETWEEN 1 AND 20),
    channel_ids  uuid[],
    enabled      boolean NOT NULL DEFAULT true,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX rules_by_tenant ON alerts.rules (tenant_id, rule_id)',

  // target: a webhook's URL or an e-mail address. confirmation counts the codes that were sent, so that only the last one is good.
  `CREATE TABLE alerts.channels (
    channel_id              uuid PRIMARY KEY,
    tenant_id               uuid NOT NULL REFERENCES tenancy.tenants ON DELETE CASCADE,
    kind                    text NOT NULL CHECK (kind IN ('webhook', 'email')),
    name                    text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    target                  text NOT NULL CHECK (length(target) BETWEEN 3 AND 2048),
    status                  text NOT NULL CHECK (status IN ('unconfirmed', 'active', 'paused', 'disabled')),
    disabled_reason         text CHECK (length(disabled_reason) <= 500),
    failing_since           timestamptz,
    secret_version          integer NOT NULL DEFAULT 0,
    sealed_secret           bytea,
    sealed_previous_secret  bytea,
    previous_secret_until   timestamptz,
    confirmation            smallint NOT NULL DEFAULT 0,
    confirmed_at            timestamptz,
    created_at              timestamptz NOT NULL DEFAULT now(),
    updated_at              timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, channel_id),
    CHECK ((kind = 'webhook') = (sealed_secret IS NOT NULL))
  )`,

  // Once per subject, day and threshold, whatever is stored twice, late, or by two workers.
  `CREATE TABLE alerts.crossings (
    crossing_id  uuid PRIMARY KEY,
    tenant_id    uuid NOT NULL REFERENCES tenancy.tenants ON DELETE CASCADE,
    subject      text NOT NULL CHECK (subject IN ('application', 'endpoint', 'tenant')),
    subject_id   uuid NOT NULL,
    day          date NOT NULL,
    threshold    smallint NOT NULL,
    used_relays  bigint NOT NULL,
    limit_relays bigint NOT NULL CHECK (limit_relays > 0),
    crossed_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, subject, subject_id, day, threshold)
  )`,

  // The truth about what is to be sent. body is what is signed: the same bytes at every attempt. claims fences a worker that lost its claim.
  `CREATE TABLE alerts.deliveries (
    delivery_id      uuid PRIMARY KEY,
    tenant_id        uuid NOT NULL,
    channel_id       uuid NOT NULL,
    crossing_id      uuid REFERENCES alerts.crossings ON DELETE CASCADE,
    type             text NOT NULL,
    body             text NOT NULL,
    status           text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
    attempts         integer NOT NULL DEFAULT 0,
    next_attempt_at  timestamptz NOT NULL DEFAULT now(),
    claims           integer NOT NULL DEFAULT 0,
    claimed_until    timestamptz,
    last_error       text,
    delivered_at     timestamptz,
    created_at       timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (tenant_id, channel_id) REFERENCES alerts.channels (tenant_id, channel_id) ON DELETE CASCADE,
    UNIQUE (crossing_id, channel_id)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX deliveries_due ON alerts.deliveries (next_attempt_at) WHERE status = 'pending'`,
  'CREATE INDEX deliveries_by_tenant ON alerts.deliveries (tenant_id, delivery_id)',
  'CREATE INDEX deliveries_by_channel ON alerts.deliveries (channel_id, delivery_id)',

  `CREATE TABLE alerts.attempts (
    attempt_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id    uuid NOT NULL,
    delivery_id  uuid NOT NULL REFERENCES alerts.deliveries ON DELETE CASCADE,
    started_at   timestamptz NOT NULL,
    duration_ms  integer NOT NULL CHECK (duration_ms >= 0),
    outcome      text NOT NULL CHECK (outcome IN ('delivered', 'retry', 'rejected', 'gone')),
    status       integer,
    error        text,
    answer       text
  )`,
  'CREATE INDEX attempts_by_delivery ON alerts.attempts (delivery_id, attempt_id)',
];

const NOTES = [
  `CREATE FUNCTION alerts.note_inserted_use() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO alerts.use_notes (day, tenant_id, endpoint_id, application_id, relays)
    SELECT day, tenant_id, endpoint_id, application_id, sum(billable_relays) FROM added
     GROUP BY 1, 2, 3, 4 HAVING sum(billable_relays) <> 0;
    RETURN NULL;
  END $$`,
  `CREATE FUNCTION alerts.note_updated_use() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO alerts.use_notes (day, tenant_id, endpoint_id, application_id, relays)
    SELECT day, tenant_id, endpoint_id, application_id, sum(relays)
      FROM (SELECT day, tenant_id, endpoint_id, application_id, billable_relays AS relays FROM after
            UNION ALL SELECT day, tenant_id, endpoint_id, application_id, -billable_relays FROM before) AS change
     GROUP BY 1, 2, 3, 4 HAVING sum(relays) <> 0;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER note_inserted_use AFTER INSERT ON metering.usage REFERENCING NEW TABLE AS added
     FOR EACH STATEMENT EXECUTE FUNCTION alerts.note_inserted_use()`,
  `CREATE TRIGGER note_updated_use AFTER UPDATE ON metering.usage REFERENCING OLD TABLE AS before NEW TABLE AS after
     FOR EACH STATEMENT EXECUTE FUNCTION alerts.note_updated_use()`,
];

const RIGHTS = [
  'GRANT USAGE ON SCHEMA alerts TO portal_app, portal_system',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA alerts TO portal_system',
  'GRANT USAGE ON ALL SEQUENCES IN SCHEMA alerts TO portal_system',
  `SELECT tenancy.protect('alerts.use_notes', 'SELECT')`,
  `SELECT tenancy.protect('alerts.daily_use', 'SELECT')`,
  `SELECT tenancy.protect('alerts.rules', 'SELECT, INSERT, UPDATE, DELETE')`,
  `SELECT tenancy.protect('alerts.channels', 'SELECT, INSERT, UPDATE, DELETE')`,
  `SELECT tenancy.protect('alerts.crossings', 'SELECT')`,
  `SELECT tenancy.protect('alerts.deliveries', 'SELECT, INSERT, UPDATE, DELETE')`,
  `SELECT tenancy.protect('alerts.attempts', 'SELECT')`,
];
