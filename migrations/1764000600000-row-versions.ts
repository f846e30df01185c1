import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose rows the admin API shows one by one, and the columns whose changes are none of the row's (statistics). */
const VERSIONED: ReadonlyArray<readonly [table: string, ...ignored: string[]]> = [
  ['tenancy.tenants'],
  ['tenancy.applications'],
  ['tenancy.endpoints'],
  ['tenancy.api_keys', 'last_used_at'],
  ['tenancy.service_tokens', 'last_used_at'],
];

/**
 * Counts the changes of a row in its column `version`, which entity tags are made of. A trigger counts, so no statement can forget to.
 * A later table joins by `SELECT tenancy.versioned('schema.table')`, followed by the columns that do not count.
 */
export class RowVersions1764000600000 implements MigrationInterface {
  readonly name = 'RowVersions1764000600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE FUNCTION tenancy.count_version() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_NARGS > 0 AND to_jsonb(NEW) <> to_jsonb(OLD) AND to_jsonb(NEW) - TG_ARGV[0:] = to_jsonb(OLD) - TG_ARGV[0:] THEN
           RETURN NEW;
         END IF;
         NEW.version := OLD.version + 1;
         RETURN NEW;
       END $$`,
    );
    await runner.query(
      `CREATE FUNCTION tenancy.versioned(target regclass, VARIADIC ignored text[] DEFAULT '{}') RETURNS void LANGUAGE plpgsql AS $$
       BEGIN
         EXECUTE format('ALTER TABLE %s ADD COLUMN version integer NOT NULL DEFAULT 1', target);
         EXECUTE format('CREATE TRIGGER count_version BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION tenancy.count_version(%s)',
           target, (SELECT string_agg(quote_literal(name), ', ') FROM unnest(ignored) AS name));
       END $$`,
    );
    await runner.query('REVOKE EXECUTE ON FUNCTION tenancy.versioned(regclass, text[]) FROM PUBLIC');
    for (const [table, ...ignored] of VERSIONED) {
      const names = ignored.map((name) => `, '${name}'`).join('');
      await runner.query(`SELECT tenancy.versioned('${table}'${names})`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table] of VERSIONED) {
      await runner.query(`DROP TRIGGER count_version ON ${table}`);
      await runner.query(`ALTER TABLE ${table} DROP COLUMN version`);
    }
    await runner.query('DROP FUNCTION tenancy.versioned(regclass, text[])');
    await runner.query('DROP FUNCTION tenancy.count_version()');
  }
}
