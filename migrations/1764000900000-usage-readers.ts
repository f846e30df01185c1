import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables that have no tenant column and tell of many tenants at once: requests of operators alone read them. */
const OPERATOR_TABLES = ['metering.session_days', 'metering.settlements'];

/**
 * What requests need to read usage, feed and reconciliation as `portal_app`: days that are closed (their totals are the
 * installation's and stay hidden), the feed's events of no tenant, and for operators the sessions behind a day.
 */
export class UsageReaders1764000900000 implements MigrationInterface {
  readonly name = 'UsageReaders1764000900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT SELECT (day, closed_at) ON metering.closed_days TO portal_app');
    await runner.query('CREATE POLICY everyone ON metering.events FOR SELECT TO portal_app USING (tenant_id IS NULL)');
    for (const table of OPERATOR_TABLES) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      await runner.query(
        `CREATE POLICY operator ON ${table} FOR SELECT TO portal_app USING ((SELECT tenancy.is_operator()))`,
      );
      await runner.query(`CREATE POLICY system ON ${table} TO portal_system USING (true) WITH CHECK (true)`);
      await runner.query(`GRANT SELECT ON ${table} TO portal_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of OPERATOR_TABLES) {
      await runner.query(`DROP POLICY operator ON ${table}`);
      await runner.query(`DROP POLICY system ON ${table}`);
      await runner.query(`REVOKE ALL ON ${table} FROM portal_app`);
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
    }
    await runner.query('DROP POLICY everyone ON metering.events');
    await runner.query('REVOKE ALL ON metering.closed_days FROM portal_app');
  }
}
