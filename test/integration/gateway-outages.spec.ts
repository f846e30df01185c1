import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningGateway } from '../../apps/gateway/src/gateway.js';
import { startRedis, type RunningService } from '../support/services.js';
import { startTcpSwitch, type TcpSwitch } from '../support/tcp-switch.js';
import { waitFor } from '../support/wait-for.js';
import { GatewayWorld, type WorldEndpoint } from './gateway-world.js';

let world: GatewayWorld;
let gateway: RunningGateway;
let endpoint: WorldEndpoint;
let redis: RunningService;
let postgres: TcpSwitch;

beforeAll(async () => {
  world = await GatewayWorld.start();
  endpoint = await world.endpoint(await world.stake(1_000n));
  redis = await startRedis();
  const database = new URL(world.databaseUrl);
  postgres = await startTcpSwitch(Number(database.port));
  database.port = String(postgres.port);
  gateway = await world.gateway({ REDIS_URL: redis.url, DATABASE_URL: database.toString() });
}, 120_000);

afterAll(async () => {
  postgres?.restore();
  await world?.stop();
  await redis?.stop();
  await postgres?.close();
}, 60_000);

async function relay(key = endpoint.key): Promise<{ status: number; result: unknown; reason: unknown }> {
  const response = await fetch(`${gateway.url}/v1/${key}/eth-mainnet`, {
    method: 'POST',
    body: '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}',
  });
  const body = (await response.json()) as { result?: unknown; error?: { data: { reason: unknown } } };
  return { status: response.status, result: body.result, reason: body.error?.data.reason };
}

describe('the gateway without PostgreSQL', () => {
  it('serves keys it knows, says about others that they cannot be checked, and recovers', async () => {
    const unseen = await world.endpoint(await world.stake(10n));
    expect((await relay()).result).toMatch(/^0x/);
    postgres.cut();
    for (let call = 0; call < 20; call += 1) expect((await relay()).result).toMatch(/^0x/);
    expect(await relay(unseen.key)).toMatchObject({ status: 429, reason: 'busy' });
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
    postgres.restore();
    await waitFor('the other key to be served', async () => (await relay(unseen.key)).result !== undefined, 15_000);
  });
});

describe('the gateway without Redis', () => {
  it('spends its lease, then refuses rather than overdraw, keeps receipts on disk, and recovers', async () => {
    expect((await relay()).result).toMatch(/^0x/);
    await redis.kill();
    const outcomes = new Set<unknown>();
    // The lease in memory is bounded by the limit of 40,000 a day; a fresh application has none at all.
    const fresh = await world.endpoint(await world.stake(20n));
    for (let call = 0; call < 20; call += 1) {
      const known = await relay();
      outcomes.add(known.reason ?? 'served');
      expect(await relay(fresh.key)).toMatchObject({ reason: 'busy' });
    }
    for (const outcome of outcomes) expect(['served', 'busy']).toContain(outcome);
    const metrics = await (await fetch(gateway.metricsUrl)).text();
    expect(metrics).toMatch(/gateway_quota_fail_open_units_total\{app="gateway"\} 0/);
    redis = await startRedis({ port: redis.port });
    await waitFor('relays to flow again', async () => (await relay(fresh.key)).result !== undefined, 20_000);
    await waitFor(
      'receipts to reach the queue',
      async () => /step="enqueued",app="gateway"\} [1-9]/.test(await (await fetch(gateway.metricsUrl)).text()),
      20_000,
    );
  });
});

describe('the gateway without its ledger', () => {
  it('keeps serving in the session it knows', async () => {
    const cut = await startTcpSwitch(Number(new URL(world.devnet.url).port));
    const own = await world.gateway({ POCKET_RPC_URLS: `http://127.0.0.1:${cut.port}` });
    const target = `${own.url}/v1/${endpoint.key}/eth-mainnet`;
    const call = async (): Promise<unknown> =>
      (
        (await (
          await fetch(target, { method: 'POST', body: '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber"}' })
        ).json()) as { result?: unknown }
      ).result;
    expect(await call()).toMatch(/^0x/);
    cut.cut();
    expect(await call()).toMatch(/^0x/);
    expect((await fetch(`${own.url}/livez`)).status).toBe(200);
    cut.restore();
    await world.nextSession();
    await waitFor('relays in the next session', async () => (await call()) !== undefined, 15_000);
    await own.stop();
    await cut.close();
  });
});
