import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';

let harness: Harness;
let sql: pg.Client;

beforeAll(async () => {
  harness = await startHarness();
  sql = new pg.Client({ connectionString: harness.config.DATABASE_URL });
  await sql.connect();
});

afterAll(async () => {
  await sql?.end();
  await harness?.stop();
});

const faults = async () =>
  (await sql.query<{ chain_number: string; fault: string }>('SELECT * FROM tenancy.audit_faults()')).rows;

/** Runs statements that the append-only trigger would refuse, looks, and undoes them. */
async function tampered(statement: string): Promise<string[]> {
  await sql.query('BEGIN');
  try {
    await sql.query('ALTER TABLE tenancy.audit_entries DISABLE TRIGGER append_only');
    await sql.query(statement);
    return (await faults()).map(({ chain_number: entry, fault }) => `${entry} ${fault}`);
  } finally {
    await sql.query('ROLLBACK');
  }
}

it('chains every entry, also those written at once, and finds each way of tampering', async () => {
  await Promise.all(Array.from({ length: 20 }, () => harness.post('/v1/tenants', { name: 'Tenant' })));
  const { rows } = await sql.query<{ numbers: string[] }>(
    'SELECT array_agg(chain_number ORDER BY chain_number) AS numbers FROM tenancy.audit_entries',
  );
  expect(rows[0]?.numbers).toEqual(Array.from({ length: 20 }, (_value, index) => String(index + 1)));
  expect(await faults()).toEqual([]);
  await sql.query(`SET timezone = 'Asia/Tokyo'`);
  expect(await faults()).toEqual([]);

  const table = 'tenancy.audit_entries';
  expect(await tampered(`UPDATE ${table} SET actor = 'somebody' WHERE chain_number = 7`)).toEqual(['7 it was changed']);
  expect(await tampered(`UPDATE ${table} SET at = at + interval '1 second' WHERE chain_number = 7`)).toEqual([
    '7 it was changed',
  ]);
  expect(await tampered(`UPDATE ${table} SET after = after || '{"x": 1}' WHERE chain_number = 20`)).toEqual([
    '20 it was changed',
  ]);
  expect(await tampered(`DELETE FROM ${table} WHERE chain_number = 7`)).toEqual(['8 entries are missing before it']);
  expect(await tampered(`DELETE FROM ${table} WHERE chain_number > 18`)).toEqual(['20 the newest entries are missing']);
  expect(await tampered(`DELETE FROM ${table}`)).toEqual(['20 the newest entries are missing']);
});
