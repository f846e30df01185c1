import { createLogger } from '#libs/telemetry';
import { USAGE_EVENT_TYPE, closedThrough, readEvents } from '#libs/usage';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readWorkerConfig } from '../../apps/worker/src/config.js';
import { startWorker } from '../../apps/worker/src/worker.js';
import { createRedis } from '../support/database.js';
import { SettlementWorld } from './settlement-world.js';

const open: Array<() => Promise<unknown>> = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

describe('two workers', () => {
  it('close every past day once, and number its events once', async () => {
    const world = await SettlementWorld.create({});
    open.push(() => world.close());
    const { dataSource } = world;
    await dataSource.query(
      `INSERT INTO metering.usage (day, tenant_id, endpoint_id, application_id, chain, method, key_id, billable_relays, client_relays)
       SELECT (now() AT TIME ZONE 'UTC')::date - 4, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '0021', 'eth_call', gen_random_uuid(), 3, 3`,
    );
    const config = readWorkerConfig({
      DATABASE_URL: (dataSource.options as { url: string }).url,
      REDIS_URL: await createRedis(),
      POCKET_RPC_URLS: 'http://127.0.0.1:9',
      SETTLER_PRIVATE_KEY: world.settlerKey.privateKeyHex,
      WORKER_METRICS_PORT: '0',
      USAGE_TICK_MS: '100',
      USAGE_DAY_GRACE_MS: '0',
    });
    for (let n = 0; n < 2; n += 1) {
      const worker = await startWorker(config, createLogger({ app: 'worker', level: 'silent' }), world.ledger);
      open.push(() => worker.stop());
    }
    await vi.waitFor(
      async () => {
        expect(await closedThrough(dataSource)).not.toBeNull();
        expect((await readEvents(dataSource, { after: 0n, limit: 100 })).length).toBeGreaterThan(0);
      },
      { timeout: 20_000, interval: 100 },
    );
    const events = await readEvents(dataSource, { after: 0n, limit: 100 });
    expect(events.length).toBeGreaterThanOrEqual(4);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(events.map(({ type }) => type)).toEqual(events.map(() => USAGE_EVENT_TYPE.dayClosed));
    expect(events[0]!.data).toMatchObject({ billableRelays: '3', sentRelays: '3' });
  });
});
