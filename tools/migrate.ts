import { ConfigError, databaseUrl, parseConfig } from '#libs/config';
import { migrate } from '#libs/persistence';
import { migrations } from '#migrations';

// Brings DATABASE_URL's schema up to date. Safe to run twice or in two places at once: an advisory lock lets one in.
try {
  const { DATABASE_URL } = parseConfig({ DATABASE_URL: databaseUrl('the PostgreSQL of this installation') });
  const ran = await migrate(DATABASE_URL, migrations);
  console.log(ran.length === 0 ? 'The schema is up to date.' : `Ran ${ran.length} migrations: ${ran.join(', ')}.`);
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : `The migration failed: ${(error as Error).message}`);
  process.exitCode = 1;
}
