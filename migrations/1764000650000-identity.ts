import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People: who they are at which issuer, what they are in which tenant, who is invited, and the built-in issuer's sessions and keys.
 * Secrets (invitations, refresh tokens, sign-in codes) are stored as HMAC, private keys sealed.
 */
export class Identity1764000650000 implements MigrationInterface {
  readonly name = 'Identity1764000650000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...VERSIONS, ...GRANTS, ...POLICIES]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA identity CASCADE');
  }
}

const ROLE = `role IN ('owner', 'admin', 'developer', 'billing', 'read-only')`;
const EMAIL = `(email = lower(email) AND length(email) BETWEEN 3 AND 254)`;

const TABLES = [
  'CREATE SCHEMA identity',
  `CREATE TABLE identity.users (
    user_id        uuid PRIMARY KEY,
    issuer         text NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject        text NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    email          text CHECK ${EMAIL},
    email_verified boolean NOT NULL DEFAULT false,
    name           text CHECK (length(name) BETWEEN 1 AND 200),
    created_at     timestamptz NOT NULL DEFAULT now(),
    last_seen_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (issuer, subject)
  )`,
  `CREATE TABLE identity.memberships (
    tenant_id   uuid NOT NULL REFERENCES tenancy.tenants ON DELETE CASCADE,
    user_id     uuid NOT NULL REFERENCES identity.users,
    role        text NOT NULL CHECK (${ROLE}),
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, user_id)
  )`,
  'CREATE INDEX memberships_by_user ON identity.memberships (user_id)',
  `CREATE TABLE identity.invitations (
    invitation_id uuid PRIMARY KEY,
    tenant_id     uuid NOT NULL REFERENCES tenancy.tenants ON DELETE CASCADE,
    email         text NOT NULL CHECK ${EMAIL},
    role          text NOT NULL CHECK (${ROLE}),
    hash          bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    invited_by    text NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL,
    accepted_at   timestamptz,
    accepted_by   uuid REFERENCES identity.users,
    revoked_at    timestamptz,
    CHECK (expires_at > created_at),
    CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
    CHECK (accepted_at IS NULL OR revoked_at IS NULL)
  )`,
  'CREATE INDEX invitations_by_tenant ON identity.invitations (tenant_id, invitation_id)',
  // The fingerprint ties an operator's session to the bootstrap token that opened it.
  `CREATE TABLE identity.sessions (
    session_id           uuid PRIMARY KEY,
    user_id              uuid NOT NULL REFERENCES identity.users,
    operator_fingerprint bytea CHECK (octet_length(operator_fingerprint) = 32),
    created_at           timestamptz NOT NULL DEFAULT now(),
    expires_at           timestamptz NOT NULL,
    revoked_at           timestamptz,
    CHECK (expires_at > created_at)
  )`,
  'CREATE INDEX sessions_by_user ON identity.sessions (user_id)',
  `CREATE TABLE identity.refresh_tokens (
    hash        bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    session_id  uuid NOT NULL REFERENCES identity.sessions ON DELETE CASCADE,
    created_at  timestamptz NOT NULL DEFAULT now(),
    used_at     timestamptz
  )`,
  'CREATE INDEX refresh_tokens_by_session ON identity.refresh_tokens (session_id)',
  `CREATE TABLE identity.sign_in_codes (
    hash        bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    user_id     uuid NOT NULL REFERENCES identity.users,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz
  )`,
  `CREATE TABLE identity.signing_keys (
    key_id      uuid PRIMARY KEY,
    public_jwk  jsonb NOT NULL,
    sealed_key  bytea NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    retired_at  timestamptz
  )`,
];

const VERSIONS = [
  `SELECT tenancy.versioned('identity.memberships')`,
  `SELECT tenancy.versioned('identity.invitations')`,
];

const GRANTS = [
  'GRANT USAGE ON SCHEMA identity TO portal_app, portal_system',
  'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA identity TO portal_system',
  'ALTER DEFAULT PRIVILEGES IN SCHEMA identity GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_system',
];

/** Only authentication and operators touch these, in the operator scope. */
const OPERATORS_ONLY = ['sessions', 'refresh_tokens', 'sign_in_codes', 'signing_keys'];

const POLICIES = [
  `SELECT tenancy.protect('identity.memberships', 'SELECT, INSERT, UPDATE, DELETE')`,
  `SELECT tenancy.protect('identity.invitations', 'SELECT, INSERT, UPDATE, DELETE')`,
  ...['users', ...OPERATORS_ONLY].flatMap((table) => [
    `ALTER TABLE identity.${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE identity.${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY system ON identity.${table} TO portal_system USING (true) WITH CHECK (true)`,
    `CREATE POLICY operator ON identity.${table} TO portal_app
       USING (tenancy.is_operator()) WITH CHECK (tenancy.is_operator())`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON identity.${table} TO portal_app`,
  ]),
  // A tenant sees its members, not who else uses the gateway; memberships' own policy bounds the inner query.
  `CREATE POLICY colleague ON identity.users FOR SELECT TO portal_app
     USING (EXISTS (SELECT FROM identity.memberships m
                     WHERE m.user_id = users.user_id AND m.tenant_id = tenancy.current_tenant()))`,
];
