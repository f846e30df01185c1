import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the `tenancy` schema. */
export class Tenancy1764000100000 implements MigrationInterface {
  readonly name = 'Tenancy1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA tenancy');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA tenancy CASCADE');
  }
}
