import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A column of a 32-byte public key in hex. */
const publicKey = (column: string): string => `${column} text NOT NULL CHECK (length(${column}) = 64)`;

/**
 * Creates the `metering` schema: stored receipt chunks, usage counters, session tallies and settlements.
 * Chunk identities outlive their bytes: a repeat of a chunk must stay a no-op long after its receipts were settled.
 */
export class Metering1764000200000 implements MigrationInterface {
  readonly name = 'Metering1764000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA metering');
    await runner.query(`
      CREATE TABLE metering.chunks (
        chunk_id text PRIMARY KEY CHECK (length(chunk_id) = 64),
        receipts integer NOT NULL CHECK (receipts >= 0),
        billable integer NOT NULL CHECK (billable BETWEEN 0 AND receipts),
        bytes_count integer NOT NULL,
        first_answered_at timestamptz,
        last_answered_at timestamptz,
        stored_at timestamptz NOT NULL DEFAULT now(),
        verified_at timestamptz,
        invalid_receipts integer NOT NULL DEFAULT 0
      )`);
    await runner.query('CREATE INDEX chunks_stored_at ON metering.chunks (stored_at)');
    await runner.query('CREATE INDEX chunks_unverified ON metering.chunks (stored_at) WHERE verified_at IS NULL');

    // The bytes are compressed by their writer, if at all: EXTERNAL keeps PostgreSQL from trying again.
    await runner.query(`
      CREATE TABLE metering.chunk_blobs (
        chunk_id text PRIMARY KEY REFERENCES metering.chunks,
        bytes bytea NOT NULL
      )`);
    await runner.query('ALTER TABLE metering.chunk_blobs ALTER COLUMN bytes SET STORAGE EXTERNAL');

    await runner.query(`
      CREATE TABLE metering.rejected_chunks (
        chunk_id text PRIMARY KEY,
        bytes bytea NOT NULL,
        reason text NOT NULL,
        rejected_at timestamptz NOT NULL DEFAULT now()
      )`);

    await runner.query(`
      CREATE TABLE metering.usage (
        day date NOT NULL,
        tenant_id uuid NOT NULL,
        endpoint_id uuid NOT NULL,
        application_id uuid NOT NULL,
        chain text NOT NULL,
        method text NOT NULL,
        key_id uuid NOT NULL,
        billable_relays bigint NOT NULL DEFAULT 0,
        client_relays bigint NOT NULL DEFAULT 0,
        retry_relays bigint NOT NULL DEFAULT 0,
        hedge_relays bigint NOT NULL DEFAULT 0,
        quorum_relays bigint NOT NULL DEFAULT 0,
        probe_relays bigint NOT NULL DEFAULT 0,
        rpc_errors bigint NOT NULL DEFAULT 0,
        bytes_in bigint NOT NULL DEFAULT 0,
        bytes_out bigint NOT NULL DEFAULT 0,
        duration_us bigint NOT NULL DEFAULT 0,
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (day, tenant_id, endpoint_id, application_id, chain, method, key_id)
      ) WITH (fillfactor = 70)`);
    await runner.query('CREATE INDEX usage_tenant ON metering.usage (tenant_id, day)');
    await runner.query('CREATE INDEX usage_application ON metering.usage (application_id, day)');
    await runner.query('CREATE INDEX usage_endpoint ON metering.usage (endpoint_id, day)');

    await runner.query(`
      CREATE TABLE metering.sessions (
        ${publicKey('application_public_key')},
        chain text NOT NULL,
        session_height bigint NOT NULL CHECK (session_height > 0),
        application_id uuid NOT NULL,
        receipts bigint NOT NULL DEFAULT 0,
        first_chunk_at timestamptz NOT NULL DEFAULT now(),
        last_chunk_at timestamptz NOT NULL DEFAULT now(),
        closed_at timestamptz,
        PRIMARY KEY (application_public_key, chain, session_height)
      ) WITH (fillfactor = 70)`);
    await runner.query(
      'CREATE INDEX sessions_open ON metering.sessions (session_height, application_public_key, chain) WHERE closed_at IS NULL',
    );

    await runner.query(`
      CREATE TABLE metering.session_tallies (
        ${publicKey('application_public_key')},
        chain text NOT NULL,
        session_height bigint NOT NULL,
        ${publicKey('node_public_key')},
        receipts bigint NOT NULL DEFAULT 0,
        billable bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (application_public_key, chain, session_height, node_public_key),
        FOREIGN KEY (application_public_key, chain, session_height) REFERENCES metering.sessions
      ) WITH (fillfactor = 70)`);

    // claim_attempt: the settlement attempt that first covered this chunk; null until one did.
    await runner.query(`
      CREATE TABLE metering.session_chunks (
        ${publicKey('application_public_key')},
        chain text NOT NULL,
        session_height bigint NOT NULL,
        chunk_id text NOT NULL REFERENCES metering.chunks,
        receipts integer NOT NULL,
        claim_attempt integer CHECK (claim_attempt > 0),
        PRIMARY KEY (application_public_key, chain, session_height, chunk_id),
        FOREIGN KEY (application_public_key, chain, session_height) REFERENCES metering.sessions
      )`);
    await runner.query('CREATE INDEX session_chunks_chunk ON metering.session_chunks (chunk_id)');

    // A finished row accounts for each receipt once: proven, invalid, duplicate, beyond the allowance, late or unproven.
    // pending_*: a claim written down before it was submitted; claim_*: the claim that the ledger is known to hold.
    await runner.query(`
      CREATE TABLE metering.settlements (
        ${publicKey('application_public_key')},
        chain text NOT NULL,
        session_height bigint NOT NULL,
        ${publicKey('node_public_key')},
        application_id uuid NOT NULL,
        state text NOT NULL DEFAULT 'open'
          CHECK (state IN ('open', 'claiming', 'claimed', 'proving', 'settled', 'unpaid')),
        reason text,
        receipts bigint NOT NULL DEFAULT 0,
        invalid_receipts bigint NOT NULL DEFAULT 0,
        duplicate_receipts bigint NOT NULL DEFAULT 0,
        over_service_receipts bigint NOT NULL DEFAULT 0,
        late_receipts bigint NOT NULL DEFAULT 0,
        unproven_receipts bigint NOT NULL DEFAULT 0,
        examined_receipts bigint NOT NULL DEFAULT 0,
        built_attempt integer NOT NULL DEFAULT 0,
        pending_attempt integer,
        pending_proofs bigint,
        pending_root_hash bytea,
        pending_root_upper numeric(20),
        pending_tx bytea,
        pending_tx_hash text,
        pending_submitted_height bigint,
        claim_attempt integer,
        claim_proofs bigint,
        claim_root_hash bytea,
        claim_root_upper numeric(20),
        claim_tx_hash text,
        claim_height bigint,
        leaf_index bigint,
        proof_tx bytea,
        proof_tx_hash text,
        proof_submitted_height bigint,
        proof_height bigint,
        minted_upokt numeric(40) NOT NULL DEFAULT 0,
        node_upokt numeric(40) NOT NULL DEFAULT 0,
        version integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (application_public_key, chain, session_height, node_public_key),
        FOREIGN KEY (application_public_key, chain, session_height) REFERENCES metering.sessions,
        CHECK ((pending_tx IS NULL) = (pending_attempt IS NULL)),
        CHECK (state <> 'unpaid' OR reason IS NOT NULL),
        CHECK (state NOT IN ('settled', 'unpaid') OR receipts = invalid_receipts + duplicate_receipts + over_service_receipts
          + late_receipts + unproven_receipts + CASE state WHEN 'settled' THEN claim_proofs ELSE 0 END),
        CHECK (state NOT IN ('claimed', 'proving', 'settled') OR claim_proofs IS NOT NULL)
      )`);
    await runner.query('CREATE INDEX settlements_state ON metering.settlements (state, session_height)');
    await runner.query('CREATE INDEX settlements_application ON metering.settlements (application_id, session_height)');
    await runner.query('CREATE INDEX settlements_node ON metering.settlements (node_public_key, session_height)');

    await runner.query(`
      CREATE TABLE metering.invalid_receipts (
        chunk_id text NOT NULL REFERENCES metering.chunks,
        position integer NOT NULL CHECK (position >= 0),
        ${publicKey('application_public_key')},
        chain text NOT NULL,
        session_height bigint NOT NULL,
        ${publicKey('node_public_key')},
        tenant_id uuid NOT NULL,
        request_id text NOT NULL,
        reason text NOT NULL,
        found_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (chunk_id, position)
      )`);
    await runner.query('CREATE INDEX invalid_receipts_node ON metering.invalid_receipts (node_public_key, found_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA metering CASCADE');
  }
}
