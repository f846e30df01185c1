import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of the usage feed that hold tenants' rows: requests read them under row-level security, the worker alone writes them. */
const TABLES = ['metering.event_outbox', 'metering.events', 'metering.usage_corrections', 'metering.usage_hours'];

/** Puts the tables that came after `RowLevelSecurity1764000300000` behind the same wall. */
export class UsageRowSecurity1764000401000 implements MigrationInterface {
  readonly name = 'UsageRowSecurity1764000401000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`SELECT tenancy.protect('${table}', 'SELECT')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`DROP POLICY tenant ON ${table}`);
      await runner.query(`DROP POLICY system ON ${table}`);
      await runner.query(`REVOKE ALL ON ${table} FROM portal_app`);
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
    }
  }
}
