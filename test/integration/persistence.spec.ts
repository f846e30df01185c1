import { createDataSource, inTransaction, migrate } from '#libs/persistence';
import { migrations } from '#migrations';
import pg from 'pg';
import { inject } from 'vitest';
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createDatabase } from '../support/database.js';

async function emptyDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: `${inject('postgresUrl')}/postgres` });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  return `${inject('postgresUrl')}/${name}`;
}

it('lets migrators that start together take turns, and each migration runs once', async () => {
  const url = await emptyDatabase();
  const ran = await Promise.all([migrate(url, migrations), migrate(url, migrations), migrate(url, migrations)]);
  expect(ran.flat()).toHaveLength(migrations.length);
});

it('reverts every migration to an empty database and applies them again', async () => {
  const url = await emptyDatabase();
  await migrate(url, migrations);
  const dataSource = await createDataSource({ url, migrations });
  try {
    for (const _migration of migrations) await dataSource.undoLastMigration();
    const [left] = await dataSource.query<[{ schemas: string }]>(
      `SELECT count(*) AS schemas FROM information_schema.schemata WHERE schema_name IN ('ledger', 'tenancy', 'metering')`,
    );
    expect(left.schemas).toBe('0');
    expect(await dataSource.runMigrations()).toHaveLength(migrations.length);
  } finally {
    await dataSource.destroy();
  }
});

it('undoes everything when the work of a transaction fails', async () => {
  const dataSource = await createDataSource({ url: await createDatabase() });
  try {
    await dataSource.query('CREATE TABLE probe (id int)');
    await expect(
      inTransaction(dataSource, async (manager) => {
        await manager.query('INSERT INTO probe VALUES (1)');
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await dataSource.query('SELECT * FROM probe')).toEqual([]);
  } finally {
    await dataSource.destroy();
  }
});
