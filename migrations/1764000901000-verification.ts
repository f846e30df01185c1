import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was verified of each chunk, session and settlement, and which nodes signed wrongly.
 * A chunk verified in part keeps the seed of its sample, so that the choice can be repeated.
 */
export class Verification1764000901000 implements MigrationInterface {
  readonly name = 'Verification1764000901000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE metering.suspect_nodes');
    await runner.query('DROP TABLE metering.chunk_nodes_verified');
    await runner.query('ALTER TABLE metering.settlements DROP COLUMN verified_receipts, DROP COLUMN verify_share');
    await runner.query('ALTER TABLE metering.session_tallies DROP COLUMN verified_receipts');
    await runner.query('ALTER TABLE metering.invalid_receipts DROP COLUMN claim_attempt');
    await runner.query('ALTER TABLE metering.chunks DROP COLUMN verify_share, DROP COLUMN verify_seed');
  }
}

const SHARE = 'CHECK (verify_share BETWEEN 0 AND 1)';

const STATEMENTS = [
  // Chunks of before were verified in full.
  `ALTER TABLE metering.chunks
     ADD COLUMN verify_share double precision NOT NULL DEFAULT 1 ${SHARE}, ADD COLUMN verify_seed bytea`,
  // Receipts whose node signature was checked, by the gateway or here.
  `ALTER TABLE metering.session_tallies ADD COLUMN verified_receipts bigint NOT NULL DEFAULT 0`,
  `ALTER TABLE metering.settlements ADD COLUMN verified_receipts bigint NOT NULL DEFAULT 0,
     ADD COLUMN verify_share double precision ${SHARE}`,
  // The first tree that leaves the receipt out; null until there is one. Trees of before do not change when more is found.
  `ALTER TABLE metering.invalid_receipts ADD COLUMN claim_attempt integer CHECK (claim_attempt > 0)`,
  `UPDATE metering.invalid_receipts i SET claim_attempt = sc.claim_attempt FROM metering.session_chunks sc
    WHERE (sc.application_public_key, sc.chain, sc.session_height, sc.chunk_id)
        = (i.application_public_key, i.chain, i.session_height, i.chunk_id)`,
  `CREATE INDEX invalid_receipts_session ON metering.invalid_receipts (application_public_key, chain, session_height)`,
  // Of a chunk verified in part: the nodes that were then verified in full.
  `CREATE TABLE metering.chunk_nodes_verified (
        chunk_id text NOT NULL REFERENCES metering.chunks,
        node_public_key text NOT NULL,
        PRIMARY KEY (chunk_id, node_public_key)
      )`,
  // Nodes that signed wrongly: verified in full, and best not asked, until suspect_until.
  `CREATE TABLE metering.suspect_nodes (
        node_public_key text PRIMARY KEY,
        invalid_receipts bigint NOT NULL,
        first_found_at timestamptz NOT NULL DEFAULT now(),
        last_found_at timestamptz NOT NULL DEFAULT now(),
        suspect_until timestamptz NOT NULL
      )`,
  `CREATE INDEX suspect_nodes_until ON metering.suspect_nodes (suspect_until)`,
];
