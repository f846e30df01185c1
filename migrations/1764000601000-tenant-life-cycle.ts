import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = [
  'contact_email',
  'notes',
  'notice',
  'deletion_reason',
  'deletion_requested_at',
  'delete_at',
  'erased_at',
] as const;

/**
 * What operators write down of a tenant, and its end: deletion is asked for, happens at `delete_at` unless taken back, and leaves
 * a row without personal data (`erased_at`), because usage, invoices and the audit log go on naming the tenant.
 * An application's sealed key goes once its stake is back (`key_erased_at`).
 */
export class TenantLifeCycle1764000601000 implements MigrationInterface {
  readonly name = 'TenantLifeCycle1764000601000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE tenancy.tenants
        ADD COLUMN contact_email text CHECK (length(contact_email) BETWEEN 3 AND 320),
        ADD COLUMN notes text CHECK (length(notes) BETWEEN 1 AND 4000),
        ADD COLUMN notice text CHECK (length(notice) BETWEEN 1 AND 1000),
        ADD COLUMN deletion_reason text CHECK (length(deletion_reason) BETWEEN 1 AND 500),
        ADD COLUMN deletion_requested_at timestamptz,
        ADD COLUMN delete_at timestamptz,
        ADD COLUMN erased_at timestamptz,
        ADD CHECK ((delete_at IS NULL) = (deletion_requested_at IS NULL) AND (erased_at IS NULL OR delete_at IS NOT NULL))`);
    await runner.query(
      'CREATE INDEX tenants_to_delete ON tenancy.tenants (delete_at) WHERE delete_at IS NOT NULL AND erased_at IS NULL',
    );
    await runner.query('CREATE INDEX api_keys_by_prefix ON tenancy.api_keys (prefix text_pattern_ops)');
    await announce(runner, 'status, suspended_reason, delete_at, erased_at');
    await runner.query('ALTER TABLE tenancy.applications ADD COLUMN key_erased_at timestamptz');
    await replaceKeyCheck(runner, `(sealed_private_key IS NOT NULL) = (source = 'managed' AND key_erased_at IS NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await replaceKeyCheck(runner, `(source = 'managed') = (sealed_private_key IS NOT NULL)`, 'NOT VALID');
    await runner.query('ALTER TABLE tenancy.applications DROP COLUMN key_erased_at');
    await announce(runner, 'status, suspended_reason');
    await runner.query('DROP INDEX tenancy.api_keys_by_prefix');
    await runner.query(`ALTER TABLE tenancy.tenants ${COLUMNS.map((column) => `DROP COLUMN ${column}`).join(', ')}`);
  }
}

/** Makes tenants tell the gateways of changes to these columns. */
async function announce(runner: QueryRunner, columns: string): Promise<void> {
  await runner.query('DROP TRIGGER announce_changes ON tenancy.tenants');
  await runner.query(
    `CREATE TRIGGER announce_changes AFTER UPDATE OF ${columns} ON tenancy.tenants
       FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION tenancy.announce()`,
  );
}

/** The check that ties a sealed key to managed applications; PostgreSQL named it. */
async function replaceKeyCheck(runner: QueryRunner, check: string, validity = ''): Promise<void> {
  await runner.query(
    `DO $$ DECLARE found text; BEGIN
       SELECT conname INTO STRICT found FROM pg_constraint
        WHERE conrelid = 'tenancy.applications'::regclass AND contype = 'c'
          AND pg_get_constraintdef(oid) LIKE '%sealed_private_key%';
       EXECUTE format('ALTER TABLE tenancy.applications DROP CONSTRAINT %I', found);
     END $$`,
  );
  await runner.query(
    `ALTER TABLE tenancy.applications ADD CONSTRAINT applications_sealed_key CHECK (${check}) ${validity}`,
  );
}
