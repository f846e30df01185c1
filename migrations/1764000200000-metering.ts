import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the `metering` schema. */
export class Metering1764000200000 implements MigrationInterface {
  readonly name = 'Metering1764000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA metering');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA metering CASCADE');
  }
}
