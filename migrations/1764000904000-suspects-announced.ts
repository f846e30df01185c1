import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which findings against a node gateways were told of, so that each is told once, also after a crash. */
export class SuspectsAnnounced1764000904000 implements MigrationInterface {
  readonly name = 'SuspectsAnnounced1764000904000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE metering.suspect_nodes ADD COLUMN announced_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE metering.suspect_nodes DROP COLUMN announced_at');
  }
}
