import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rules of endpoints and keys, the end of a key, and which key it replaces.
 * Rules are stored in the one spelling that `#libs/policy` gives them; null means that nothing is demanded.
 */
export class Rules1764000310000 implements MigrationInterface {
  readonly name = 'Rules1764000310000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE tenancy.endpoints
        ADD COLUMN rules jsonb CHECK (jsonb_typeof(rules) = 'object'),
        ADD COLUMN secret_hash text CHECK (secret_hash ~ '^[0-9a-f]{64}$')`);
    await runner.query(`
      ALTER TABLE tenancy.api_keys
        ADD COLUMN rules jsonb CHECK (jsonb_typeof(rules) = 'object'),
        ADD COLUMN expires_at timestamptz,
        ADD COLUMN replaces_key_id uuid`);
    await announce(runner, 'endpoints', `${ENDPOINT_COLUMNS}, rules, secret_hash`);
    await announce(runner, 'api_keys', `${KEY_COLUMNS}, rules, expires_at`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await announce(runner, 'endpoints', ENDPOINT_COLUMNS);
    await announce(runner, 'api_keys', KEY_COLUMNS);
    await runner.query('ALTER TABLE tenancy.endpoints DROP COLUMN rules, DROP COLUMN secret_hash');
    await runner.query(
      'ALTER TABLE tenancy.api_keys DROP COLUMN rules, DROP COLUMN expires_at, DROP COLUMN replaces_key_id',
    );
  }
}

const ENDPOINT_COLUMNS = 'status, suspended_reason, answer_style, verify_inline, chains';
const KEY_COLUMNS = 'revoked_at, endpoint_id, hash';

/** Makes a table tell the gateways of changes to these columns. */
async function announce(runner: QueryRunner, table: string, columns: string): Promise<void> {
  await runner.query(`DROP TRIGGER announce_changes ON tenancy.${table}`);
  await runner.query(
    `CREATE TRIGGER announce_changes AFTER UPDATE OF ${columns} ON tenancy.${table}
       FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION tenancy.announce()`,
  );
}
