import { randomBytes } from 'node:crypto';
import { createDataSource } from '#libs/persistence';
import { RecordSealer, UnsealError, applicationKeyContext, rewrapApplicationKeys } from '#libs/tenancy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.stop());

it('moves every application key to the next key-encryption key, once, and refuses a wrong one', async () => {
  for (let count = 0; count < 3; count += 1) {
    const { body } = await harness.post('/v1/tenants', { name: 'Tenant' });
    const application = { source: 'managed', name: 'app', chains: ['eth-mainnet'], stakePokt: '1000' };
    await harness.post(`/v1/tenants/${String(body['tenantId'])}/applications`, application);
  }
  const present = new RecordSealer(harness.config.APPLICATION_KEYS_KEK);
  const next = new RecordSealer(randomBytes(32).toString('hex'));
  const dataSource = await createDataSource({ url: harness.config.DATABASE_URL });
  const opened = async (sealer: RecordSealer): Promise<string[]> => {
    const rows = await dataSource.query<Array<{ t: string; a: string; v: number; s: Buffer }>>(
      `SELECT tenant_id AS t, application_id AS a, key_version AS v, sealed_private_key AS s
         FROM tenancy.applications ORDER BY application_id`,
    );
    return rows.map(({ t, a, v, s }) => sealer.open(s, applicationKeyContext(t, a, v)).toString('hex'));
  };
  try {
    const before = await opened(present);
    await expect(rewrapApplicationKeys(dataSource, next, new RecordSealer('0'.repeat(64)))).rejects.toThrow(
      UnsealError,
    );
    expect(await rewrapApplicationKeys(dataSource, present, next)).toEqual({ rewrapped: 3, already: 0 });
    expect(await rewrapApplicationKeys(dataSource, present, next)).toEqual({ rewrapped: 0, already: 3 });
    expect(await opened(next)).toEqual(before);
    await expect(opened(present)).rejects.toThrow(UnsealError);
  } finally {
    await dataSource.destroy();
  }
});
