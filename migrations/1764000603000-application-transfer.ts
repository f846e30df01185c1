import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = ['next_public_key', 'next_address', 'next_aat', 'next_sealed_private_key'] as const;

/**
 * The key that an application's stake is on its way to. It is stored, sealed, before the transaction that moves the stake is signed, so
 * that no crash can leave a stake under a key that nobody has; it takes the present key's place once the ledger has moved the stake.
 */
export class ApplicationTransfer1764000603000 implements MigrationInterface {
  readonly name = 'ApplicationTransfer1764000603000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE tenancy.applications
        ADD COLUMN next_public_key text UNIQUE CHECK (next_public_key ~ '^[0-9a-f]{64}$'),
        ADD COLUMN next_address text UNIQUE CHECK (next_address ~ '^[0-9a-f]{40}$'),
        ADD COLUMN next_aat jsonb,
        ADD COLUMN next_sealed_private_key bytea,
        ADD CONSTRAINT applications_next_key CHECK (num_nonnulls(${COLUMNS.join(', ')}) IN (0, 4))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE tenancy.applications ${COLUMNS.map((column) => `DROP COLUMN ${column}`).join(', ')}`,
    );
  }
}
