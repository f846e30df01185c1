import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PocketRpcClient } from '#libs/ledger';
import { keyPairFromSeed } from '#libs/protocol';
import { migrate } from '#libs/persistence';
import { createLogger } from '#libs/telemetry';
import { migrations } from '#migrations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDevnetConfig } from '../../apps/devnet/src/config.js';
import { type Devnet, startDevnet } from '../../apps/devnet/src/devnet.js';
import { type RunningService, removeDirectory, startPostgres, temporaryDirectory } from '../support/services.js';
import { waitFor } from '../support/wait-for.js';

const application = keyPairFromSeed(Buffer.alloc(32, 0x61));

let postgresDirectory: string;
let devnetDirectory: string;
let postgres: RunningService;
let devnet: Devnet;

beforeAll(async () => {
  postgresDirectory = temporaryDirectory();
  devnetDirectory = mkdtempSync(join(tmpdir(), 'portal-devnet-'));
  postgres = await startPostgres({ directory: postgresDirectory, durable: true });
  await migrate(`${postgres.url}/postgres`, migrations);
  const config = readDevnetConfig({
    DATABASE_URL: `${postgres.url}/postgres`,
    DEVNET_PORT: '0',
    DEVNET_METRICS_PORT: '0',
    DEVNET_NODE_PORT_BASE: '0',
    DEVNET_DIR: devnetDirectory,
    ANVIL_KEEP: 'false',
    BLOCK_TIME_MS: '100',
    SETTLER_PUBLIC_KEY: keyPairFromSeed(Buffer.alloc(32, 0x62)).publicKeyHex,
    TREASURY_ADDRESS: keyPairFromSeed(Buffer.alloc(32, 0x63)).addressHex,
  });
  devnet = await startDevnet(config, createLogger({ app: 'devnet-test', level: 'silent' }));
});

afterAll(async () => {
  await devnet?.stop();
  await postgres?.stop();
  removeDirectory(postgresDirectory);
  rmSync(devnetDirectory, { recursive: true, force: true });
});

describe('the devnet while PostgreSQL is killed and comes back', () => {
  it('goes on serving from memory and then makes blocks again, none lost', async () => {
    const rpc = new PocketRpcClient({ urls: [devnet.url], timeoutMs: 2_000 });
    await waitFor('the first blocks', () => devnet.network.view.height >= 3);
    await postgres.kill();
    await waitFor('a block to fail', () => devnet.network.blockFailures > 0);
    const heightInOutage = await rpc.height();
    const { session } = await rpc.dispatch(application.publicKeyHex, '0021');
    expect(session.nodes).toHaveLength(5);
    expect((await fetch(`${devnet.url}/livez`)).status).toBe(200);
    expect((await fetch(`${devnet.url}/v1/query/supply`, { method: 'POST' })).status).toBe(500);
    postgres = await startPostgres({ directory: postgresDirectory, port: postgres.port, durable: true });
    await waitFor('blocks again', () => devnet.network.view.height >= heightInOutage + 3);
    await waitFor('the failures to be forgotten', () => devnet.network.blockFailures === 0);
    for (let height = 1; height <= heightInOutage + 3; height += 1) {
      expect(await rpc.block(height)).toMatchObject({ block: { header: { height: String(height) } } });
    }
    expect(await rpc.supply()).toMatchObject({ totalUpokt: expect.any(BigInt) as bigint });
    await rpc.close();
  });
});
