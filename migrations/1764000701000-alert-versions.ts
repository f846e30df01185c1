import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Gives alert rules and channels the versions that entity tags are made of. How a channel's deliveries fare is none of its version. */
export class AlertVersions1764000701000 implements MigrationInterface {
  readonly name = 'AlertVersions1764000701000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SELECT tenancy.versioned('alerts.rules')`);
    await runner.query(`SELECT tenancy.versioned('alerts.channels', 'failing_since')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['alerts.rules', 'alerts.channels']) {
      await runner.query(`DROP TRIGGER count_version ON ${table}`);
      await runner.query(`ALTER TABLE ${table} DROP COLUMN version`);
    }
  }
}
