import { migrate } from '#libs/persistence';
import { migrations } from '#migrations';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { removeDirectory, startPostgres, startRedis, temporaryDirectory } from './services.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the PostgreSQL server, without a database name. */
    postgresUrl: string;
    /** URL of the Redis server, without a database number. */
    redisUrl: string;
  }
}

/** One server of each kind for the whole run; a test file clones the migrated template (see database.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = temporaryDirectory();
  const [postgres, redis] = await Promise.all([startPostgres({ directory }), startRedis()]);
  const admin = new pg.Client({ connectionString: `${postgres.url}/postgres` });
  await admin.connect();
  await admin.query('CREATE DATABASE template_app');
  await admin.end();
  await migrate(`${postgres.url}/template_app`, migrations);
  project.provide('postgresUrl', postgres.url);
  project.provide('redisUrl', redis.url);
  return async () => {
    await Promise.all([postgres.stop(), redis.stop()]);
    removeDirectory(directory);
  };
}
