import { randomInt, randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { inject } from 'vitest';

/** Clones the migrated template; a test file owns its database, so files may run in parallel. */
export async function createDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: `${inject('postgresUrl')}/postgres` });
  await admin.connect();
  try {
    // Two files cloning at once collide on the template ("being accessed by other users"), so they take turns.
    await admin.query('SELECT pg_advisory_lock(42)');
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template_app`);
  } finally {
    await admin.end();
  }
  return `${inject('postgresUrl')}/${name}`;
}

/** URL of a numbered Redis database that no other test file uses; it is empty. */
export async function createRedis(): Promise<string> {
  const base = inject('redisUrl');
  for (;;) {
    const url = `${base}/${randomInt(1, 256)}`;
    const client = new Redis(url);
    try {
      const owned = await client.set('test:owner', randomUUID(), 'NX');
      if (owned === 'OK') return url;
    } finally {
      client.disconnect();
    }
  }
}
