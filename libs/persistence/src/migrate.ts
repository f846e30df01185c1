import type { MigrationInterface } from 'typeorm';
import { createDataSource } from './data-source.js';

/** Any constant works; it only has to be the same in every migrator. */
const MIGRATION_LOCK = 7_401_126_001;

/**
 * Brings the schema up to date and returns the names of the migrations that ran.
 * Two runners at once collide in TypeORM ("relation already exists"), so a session advisory lock lets one in at a time.
 */
export async function migrate(url: string, migrations: ReadonlyArray<new () => MigrationInterface>): Promise<string[]> {
  const lockHolder = await createDataSource({ url, connectionsMax: 1, applicationName: 'pokt-portal-migrate-lock' });
  try {
    await lockHolder.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const migrator = await createDataSource({ url, migrations, applicationName: 'pokt-portal-migrate' });
    try {
      const ran = await migrator.runMigrations();
      return ran.map((migration) => migration.name);
    } finally {
      await migrator.destroy();
    }
  } finally {
    await lockHolder.destroy();
  }
}
