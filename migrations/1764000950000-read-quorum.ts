import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many nodes an endpoint's reads are put to; 1 is what every endpoint did before. */
export class ReadQuorum1764000950000 implements MigrationInterface {
  name = 'ReadQuorum1764000950000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE tenancy.endpoints
         ADD COLUMN read_quorum integer NOT NULL DEFAULT 1 CHECK (read_quorum BETWEEN 1 AND 5)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE tenancy.endpoints DROP COLUMN read_quorum');
  }
}
