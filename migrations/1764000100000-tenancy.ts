import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Creates the `tenancy` schema: tenants, their applications, endpoints and keys, service tokens, settings, the audit log
 * and the answers kept for `Idempotency-Key`.
 *
 * Every row that belongs to a tenant carries `tenant_id`, also where a join could find it: composite foreign keys then make
 * a cross-tenant reference impossible, and row-level security needs no subquery.
 * Every table that a gateway's snapshot reads announces its changes on the channel `tenancy` with ids only.
 */
export class Tenancy1764000100000 implements MigrationInterface {
  readonly name = 'Tenancy1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...ANNOUNCEMENTS, ...APPEND_ONLY]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA tenancy CASCADE');
  }
}

const TABLES = [
  `CREATE SCHEMA tenancy`,

  `CREATE TABLE tenancy.tenants (
    tenant_id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name              text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    status            text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
    suspended_reason  text CHECK (length(suspended_reason) BETWEEN 1 AND 500),
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    CHECK ((status = 'suspended') = (suspended_reason IS NOT NULL))
  )`,

  // provisioning, requested_*: the operator's own work; chains, staked_upokt, stake_status: what the ledger said when last asked.
  // pending_transaction is written before a transaction is sent, so that a retry sends the same bytes and never pays twice;
  // revision counts these steps, so that a decision made on an older state is not written down.
  `CREATE TABLE tenancy.applications (
    application_id        uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id             uuid NOT NULL REFERENCES tenancy.tenants,
    name                  text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    source                text NOT NULL CHECK (source IN ('managed', 'ready-made')),
    public_key            text NOT NULL UNIQUE CHECK (public_key ~ '^[0-9a-f]{64}$'),
    address               text NOT NULL UNIQUE CHECK (address ~ '^[0-9a-f]{40}$'),
    sealed_private_key    bytea,
    key_version           integer NOT NULL DEFAULT 1 CHECK (key_version > 0),
    aat                   jsonb NOT NULL,
    chains                text[] NOT NULL CHECK (cardinality(chains) BETWEEN 1 AND 15),
    provisioning          text NOT NULL DEFAULT 'pending' CHECK (provisioning IN ('pending', 'funded', 'staked')),
    requested_upokt       numeric(20, 0) NOT NULL CHECK (requested_upokt >= 0),
    requested_chains      text[] NOT NULL DEFAULT '{}',
    pending_transaction   jsonb,
    failure               text,
    revision              integer NOT NULL DEFAULT 0,
    staked_upokt          numeric(20, 0) NOT NULL DEFAULT 0 CHECK (staked_upokt >= 0),
    max_relays            numeric(20, 0) NOT NULL DEFAULT 0 CHECK (max_relays >= 0),
    stake_status          text NOT NULL DEFAULT 'unstaked' CHECK (stake_status IN ('unstaked', 'unstaking', 'staked')),
    ledger_height         bigint NOT NULL DEFAULT 0 CHECK (ledger_height >= 0),
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, application_id),
    CHECK ((source = 'managed') = (sealed_private_key IS NOT NULL))
  )`,

  `CREATE TABLE tenancy.endpoints (
    endpoint_id       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id         uuid NOT NULL REFERENCES tenancy.tenants,
    name              text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    status            text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
    suspended_reason  text CHECK (length(suspended_reason) BETWEEN 1 AND 500),
    answer_style      text NOT NULL DEFAULT 'wallet' CHECK (answer_style IN ('wallet', 'strict')),
    verify_inline     boolean NOT NULL DEFAULT false,
    chains            text[] CHECK (cardinality(chains) BETWEEN 1 AND 100),
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, endpoint_id),
    CHECK ((status = 'suspended') = (suspended_reason IS NOT NULL))
  )`,

  `CREATE TABLE tenancy.endpoint_applications (
    tenant_id       uuid NOT NULL,
    endpoint_id     uuid NOT NULL,
    application_id  uuid NOT NULL,
    PRIMARY KEY (endpoint_id, application_id),
    FOREIGN KEY (tenant_id, endpoint_id) REFERENCES tenancy.endpoints (tenant_id, endpoint_id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, application_id) REFERENCES tenancy.applications (tenant_id, application_id)
  )`,
  `CREATE INDEX endpoint_applications_by_application ON tenancy.endpoint_applications (application_id)`,

  `CREATE TABLE tenancy.api_keys (
    key_id        uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id     uuid NOT NULL,
    endpoint_id   uuid NOT NULL,
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    prefix        text NOT NULL CHECK (length(prefix) BETWEEN 3 AND 16),
    hash          bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    created_at    timestamptz NOT NULL DEFAULT now(),
    revoked_at    timestamptz,
    last_used_at  timestamptz,
    FOREIGN KEY (tenant_id, endpoint_id) REFERENCES tenancy.endpoints (tenant_id, endpoint_id) ON DELETE CASCADE
  )`,
  `CREATE INDEX api_keys_by_endpoint ON tenancy.api_keys (tenant_id, endpoint_id, key_id)`,
  `CREATE INDEX applications_by_tenant ON tenancy.applications (tenant_id, application_id)`,
  `CREATE INDEX endpoints_by_tenant ON tenancy.endpoints (tenant_id, endpoint_id)`,

  // tenant_id NULL: the operator's own token, good for every tenant its scopes allow.
  `CREATE TABLE tenancy.service_tokens (
    token_id      uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id     uuid REFERENCES tenancy.tenants,
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    prefix        text NOT NULL CHECK (length(prefix) BETWEEN 3 AND 16),
    hash          bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    scopes        text[] NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 32),
    created_at    timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL,
    revoked_at    timestamptz,
    last_used_at  timestamptz,
    CHECK (expires_at > created_at)
  )`,
  `CREATE INDEX service_tokens_by_tenant ON tenancy.service_tokens (tenant_id)`,

  `CREATE TABLE tenancy.settings (
    setting_id  uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id   uuid REFERENCES tenancy.tenants,
    name        text NOT NULL CHECK (name ~ '^[a-z][a-zA-Z0-9.]{0,79}$'),
    value       jsonb NOT NULL,
    updated_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE NULLS NOT DISTINCT (tenant_id, name)
  )`,

  // No foreign keys: an entry outlives what it speaks of.
  `CREATE TABLE tenancy.audit_entries (
    entry_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL DEFAULT now(),
    tenant_id     uuid,
    actor         text NOT NULL,
    action        text NOT NULL CHECK (action ~ '^[a-z]+([.-][a-z]+)+$'),
    subject_type  text NOT NULL,
    subject_id    uuid NOT NULL,
    request_id    text,
    before        jsonb,
    after         jsonb
  )`,
  `CREATE INDEX audit_entries_by_tenant ON tenancy.audit_entries (tenant_id, entry_id)`,

  // The answer is sealed: that of a key's creation contains the key.
  `CREATE TABLE tenancy.idempotency_keys (
    actor           text NOT NULL,
    idempotency_key text NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 255),
    tenant_id       uuid,
    request_hash    bytea NOT NULL CHECK (octet_length(request_hash) = 32),
    sealed_answer   bytea NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (actor, idempotency_key)
  )`,
  `CREATE INDEX idempotency_keys_by_age ON tenancy.idempotency_keys (created_at)`,
];

const ANNOUNCEMENTS = [
  `CREATE FUNCTION tenancy.announce() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    changed jsonb;
  BEGIN
    IF TG_OP = 'DELETE' THEN changed := to_jsonb(OLD); ELSE changed := to_jsonb(NEW); END IF;
    PERFORM pg_notify('tenancy', jsonb_strip_nulls(jsonb_build_object(
      'table', TG_TABLE_NAME,
      'tenantId', changed -> 'tenant_id',
      'endpointId', changed -> 'endpoint_id',
      'applicationId', changed -> 'application_id',
      'keyId', changed -> 'key_id',
      'gone', CASE WHEN TG_OP = 'DELETE' OR changed ->> 'revoked_at' IS NOT NULL THEN true END
    ))::text);
    RETURN NULL;
  END $$`,
  ...announced('tenants', 'status, suspended_reason'),
  ...announced('applications', 'aat, chains, provisioning, staked_upokt, stake_status, public_key, address'),
  ...announced('endpoints', 'status, suspended_reason, answer_style, verify_inline, chains'),
  ...announced('endpoint_applications', 'endpoint_id, application_id'),
  // Not last_used_at: gateways write it, and must not wake each other up with it.
  ...announced('api_keys', 'revoked_at, endpoint_id, hash'),
];

function announced(table: string, columns: string): string[] {
  return [
    `CREATE TRIGGER announce_rows AFTER INSERT OR DELETE ON tenancy.${table}
       FOR EACH ROW EXECUTE FUNCTION tenancy.announce()`,
    `CREATE TRIGGER announce_changes AFTER UPDATE OF ${columns} ON tenancy.${table}
       FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION tenancy.announce()`,
  ];
}

const APPEND_ONLY = [
  `CREATE FUNCTION tenancy.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'tenancy.% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END $$`,
  `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tenancy.audit_entries
     FOR EACH ROW EXECUTE FUNCTION tenancy.refuse_change()`,
  `CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON tenancy.audit_entries
     FOR EACH STATEMENT EXECUTE FUNCTION tenancy.refuse_change()`,
];
