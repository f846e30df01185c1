import { migrate } from '#libs/persistence';
import {
  JobName,
  QUEUE_PREFIX,
  QueueName,
  type RedisConnection,
  chunkJobOptions,
  createQueue,
  queueConnection,
} from '#libs/queues';
import type { Receipt } from '#libs/receipts';
import { settlementTotals } from '#libs/settlement';
import { createLogger } from '#libs/telemetry';
import { chunkTotals, storedChunkIds, usageTotals } from '#libs/usage';
import { migrations } from '#migrations';
import { type Queue, Worker as BullWorker } from 'bullmq';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readWorkerConfig } from '../../apps/worker/src/config.js';
import { TAKEOVER_OPTIONS } from '../../apps/worker/src/takeover.js';
import { type Worker, startWorker } from '../../apps/worker/src/worker.js';
import { createRedis } from '../support/database.js';
import {
  type RunningService,
  freePort,
  removeDirectory,
  startPostgres,
  startRedis,
  temporaryDirectory,
} from '../support/services.js';
import { SettlementWorld } from './settlement-world.js';

const SLOW = { timeout: 30_000, interval: 50 };
const open: Array<() => Promise<unknown>> = [];
let lines: string[];

beforeEach(() => {
  lines = [];
});

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A gateway's side of the chunk queue. */
class Sender {
  private readonly connection: RedisConnection;
  readonly queue: Queue;

  constructor(redisUrl: string) {
    this.connection = queueConnection(redisUrl, 'worker');
    this.queue = createQueue(QueueName.chunks, this.connection);
    open.push(async () => {
      await this.queue.close().catch(() => undefined);
      this.connection.disconnect();
    });
  }

  async send(chunk: { chunkId: string; bytes: Buffer }): Promise<void> {
    const data = { version: 1, chunkId: chunk.chunkId, bytesBase64: chunk.bytes.toString('base64') };
    await vi.waitFor(() => this.queue.add(JobName.storeChunk, data, chunkJobOptions(chunk.chunkId)), SLOW);
  }
}

async function startTestWorker(world: SettlementWorld, databaseUrl: string, redisUrl: string): Promise<Worker> {
  const config = readWorkerConfig({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    POCKET_RPC_URLS: 'http://127.0.0.1:9',
    SETTLER_PRIVATE_KEY: world.settlerKey.privateKeyHex,
    WORKER_METRICS_PORT: '0',
    SETTLEMENT_TICK_MS: '100',
    SETTLEMENT_QUIET_MS: '0',
    RECONCILE_MS: '300',
    STAKE_SYNC_MS: '500',
  });
  const sink = { write: (line: string) => lines.push(line) };
  const worker = await startWorker(config, createLogger({ app: 'worker', level: 'info', sink }), world.ledger);
  open.push(() => worker.stop());
  return worker;
}

async function world(databaseUrl?: string): Promise<{ world: SettlementWorld; url: string }> {
  const created = await SettlementWorld.create(databaseUrl === undefined ? {} : { url: databaseUrl });
  open.push(() => created.close());
  return { world: created, url: (created.dataSource.options as { url: string }).url };
}

/** Blocks until `height`; after each the workers get the time to look at it. */
async function produceTo(of: SettlementWorld, height: number): Promise<void> {
  while (of.height < height) {
    await of.produce();
    await vi.waitFor(() => expect(lookedAt(of)).resolves.toBe(true), SLOW);
  }
}

/** Blocks until every session is closed. */
async function produceUntilClosed(of: SettlementWorld): Promise<void> {
  await produceTo(of, 13);
  while ((await of.openSessions()) > 0 && of.height < 40) await produceTo(of, of.height + 1);
}

/** Whether nothing is left that the workers could do at this height. */
async function lookedAt(of: SettlementWorld): Promise<boolean> {
  const rows = await of.dataSource.query<Array<{ busy: string }>>(
    `SELECT (SELECT count(*) FROM metering.session_chunks
             WHERE claim_attempt IS NULL AND session_height + 4 <= $1 AND session_height + 12 > $1)
          + (SELECT count(*) FROM metering.session_tallies t
             LEFT JOIN metering.settlements m USING (application_public_key, chain, session_height, node_public_key)
             WHERE t.session_height + 4 <= $1
               AND (m.state IS NULL OR m.state = 'open' AND m.reason IS NULL AND m.session_height + 12 > $1))
          + (SELECT count(*) FROM metering.settlements
             WHERE (pending_tx IS NOT NULL AND pending_submitted_height < $1 - 1)
                OR (state = 'proving' AND proof_submitted_height < $1 - 1)
                OR (state IN ('open', 'claiming', 'claimed') AND session_height + 12 <= $1)) AS busy`,
    [of.height],
  );
  return rows[0]?.busy === '0';
}

describe('the worker', () => {
  it('takes chunks from the queue to paid proofs: receipts = usage = proven relays = minted POKT x 100, with two workers', async () => {
    const { world: one, url } = await world();
    const redisUrl = await createRedis();
    const sender = new Sender(redisUrl);
    await one.toHeight(2);
    const workers = [await startTestWorker(one, url, redisUrl), await startTestWorker(one, url, redisUrl)];
    const session = one.session(1);
    const chunks = one.nodes.map((node) => one.chunk(one.relays(session, node, 50)));
    for (const chunk of [...chunks, ...chunks]) await sender.send(chunk);
    await vi.waitFor(async () => expect((await chunkTotals(one.dataSource)).receipts).toBe(250n), SLOW);
    await produceUntilClosed(one);
    expect(await settlementTotals(one.dataSource)).toMatchObject({
      receipts: 250n,
      provenRelays: 250n,
      mintedUpokt: 2_500_000n,
      byState: { settled: 5, unpaid: 0 },
    });
    expect((await usageTotals(one.dataSource)).billableRelays).toBe(250n);
    const scraped = await Promise.all(workers.map((worker) => metric(worker, 'settlement_minted_upokt_total')));
    expect(scraped.reduce((sum, value) => sum + value, 0)).toBe(2_500_000);
    expect((await fetch(`${workers[0]!.url}/readyz`)).status).toBe(200);
  });

  it('keeps a damaged chunk aside with its reason, finishes its job and goes on', async () => {
    const { world: one, url } = await world();
    const redisUrl = await createRedis();
    const sender = new Sender(redisUrl);
    await one.toHeight(2);
    await startTestWorker(one, url, redisUrl);
    const good = one.chunk(one.relays(one.session(1), one.nodes[0]!, 10));
    const damaged = { ...good, bytes: Buffer.from(good.bytes) };
    damaged.bytes[200] = damaged.bytes[200]! ^ 1;
    const notUuids = one.chunk(one.relays(one.session(1), one.nodes[0]!, 10, { tenantId: 'not a uuid' }));
    const next = one.chunk(one.relays(one.session(1), one.nodes[0]!, 10));
    for (const chunk of [damaged, notUuids, next]) await sender.send(chunk);
    await vi.waitFor(async () => expect((await chunkTotals(one.dataSource)).rejected).toBe(2n), SLOW);
    await vi.waitFor(async () => expect((await chunkTotals(one.dataSource)).receipts).toBe(10n), SLOW);
    expect(await storedChunkIds(one.dataSource, [good.chunkId, notUuids.chunkId])).toEqual(new Set());
    expect(await sender.queue.getJobCounts('waiting', 'active', 'delayed', 'failed')).toEqual({
      waiting: 0,
      active: 0,
      delayed: 0,
      failed: 0,
    });
  });

  it('puts a chunk job back that had failed for good, so that nothing ends unseen', async () => {
    const { world: one, url } = await world();
    const redisUrl = await createRedis();
    const sender = new Sender(redisUrl);
    await one.toHeight(2);
    await one.dataSource.query('ALTER TABLE metering.usage RENAME TO usage_away');
    const worker = await startTestWorker(one, url, redisUrl);
    const chunk = one.chunk(one.relays(one.session(1), one.nodes[0]!, 10));
    const data = { version: 1, chunkId: chunk.chunkId, bytesBase64: chunk.bytes.toString('base64') };
    await sender.queue.add(JobName.storeChunk, data, { ...chunkJobOptions(chunk.chunkId), attempts: 1 });
    await vi.waitFor(async () => expect(await metric(worker, 'worker_jobs_revived_total')).toBeGreaterThan(0), SLOW);
    await one.dataSource.query('ALTER TABLE metering.usage_away RENAME TO usage');
    await vi.waitFor(async () => expect((await chunkTotals(one.dataSource)).receipts).toBe(10n), SLOW);
  });

  it('takes over the chunk of a worker that was killed while it stored it, in time for the claim', async () => {
    const { world: one, url } = await world();
    const redisUrl = await createRedis();
    const sender = new Sender(redisUrl);
    await one.toHeight(2);
    const connection = queueConnection(redisUrl, 'worker');
    let take: () => void = () => undefined;
    const taken = new Promise<void>((resolve) => {
      take = resolve;
    });
    const doomed = new BullWorker(
      QueueName.chunks,
      () => {
        take();
        return new Promise(() => undefined);
      },
      { connection, prefix: QUEUE_PREFIX, ...TAKEOVER_OPTIONS },
    );
    await sender.send(one.chunk(one.relays(one.session(1), one.nodes[0]!, 10)));
    await taken;
    // Without waiting for its job: its lock is renewed no more, as if the process had been killed.
    await doomed.close(true);
    connection.disconnect();
    await startTestWorker(one, url, redisUrl);
    const killedAt = performance.now();
    await vi.waitFor(async () => expect((await chunkTotals(one.dataSource)).receipts).toBe(10n), SLOW);
    expect(performance.now() - killedAt).toBeLessThan(14_000);
  });

  it('finishes the job under way when it is told to stop, within ten seconds, and leaves the rest in the queue', async () => {
    const { world: one, url } = await world();
    const redisUrl = await createRedis();
    const sender = new Sender(redisUrl);
    await one.toHeight(2);
    const worker = await startTestWorker(one, url, redisUrl);
    const chunks = Array.from({ length: 30 }, () => one.chunk(one.relays(one.session(1), one.nodes[0]!, 100)));
    for (const chunk of chunks) await sender.send(chunk);
    await vi.waitFor(async () => expect((await chunkTotals(one.dataSource)).chunks).toBeGreaterThan(0n), SLOW);
    const started = performance.now();
    await worker.stop();
    expect(performance.now() - started).toBeLessThan(10_000);
    const stored = (await chunkTotals(one.dataSource)).chunks;
    const { waiting = 0, active = 0 } = await sender.queue.getJobCounts('waiting', 'active');
    expect(active).toBe(0);
    expect(BigInt(waiting) + stored).toBe(30n);
    await startTestWorker(one, url, redisUrl);
    await vi.waitFor(async () => expect((await chunkTotals(one.dataSource)).chunks).toBe(30n), SLOW);
  });
});

describe('an outage', () => {
  it('of Redis that loses all its data stops no settlement, and chunks that are sent again count once', async () => {
    const { world: one, url } = await world();
    let redis: RunningService = await startRedis();
    open.push(() => redis.stop());
    await one.toHeight(2);
    const worker = await startTestWorker(one, url, redis.url);
    const sender = new Sender(redis.url);
    const chunks = one.nodes.map((node) => one.chunk(one.relays(one.session(1), node, 20)));
    for (const chunk of chunks.slice(0, 3)) await sender.send(chunk);
    await vi.waitFor(async () => expect((await chunkTotals(one.dataSource)).receipts).toBe(60n), SLOW);
    await redis.kill();
    await produceTo(one, 7);
    const { claiming, claimed } = (await settlementTotals(one.dataSource)).byState;
    expect(claiming + claimed).toBe(3);
    expect((await fetch(`${worker.url}/readyz`)).status).toBe(503);
    redis = await startRedis({ port: redis.port });
    for (const chunk of chunks) await sender.send(chunk);
    await vi.waitFor(async () => expect((await chunkTotals(one.dataSource)).receipts).toBe(100n), SLOW);
    await produceUntilClosed(one);
    expect(await settlementTotals(one.dataSource)).toMatchObject({ receipts: 100n, provenRelays: 100n });
    expect((await fetch(`${worker.url}/readyz`)).status).toBe(200);
  });

  it('of Redis does not keep the process from stopping within ten seconds', async () => {
    const { world: one, url } = await world();
    const redis = await startRedis();
    await one.toHeight(1);
    const worker = await startTestWorker(one, url, redis.url);
    await vi.waitFor(async () => expect((await fetch(`${worker.url}/readyz`)).status).toBe(200), SLOW);
    await redis.kill();
    const started = performance.now();
    await worker.stop();
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('of PostgreSQL is survived by the process: what waited is stored and settled afterwards, once', async () => {
    const directory = temporaryDirectory();
    open.push(() => Promise.resolve(removeDirectory(directory)));
    const port = await freePort();
    let postgres = await startPostgres({ directory, port, durable: true });
    open.push(() => postgres.stop());
    const databaseUrl = await createOn(postgres.url);
    const { world: one } = await world(databaseUrl);
    const redisUrl = await createRedis();
    const sender = new Sender(redisUrl);
    await one.toHeight(2);
    const worker = await startTestWorker(one, databaseUrl, redisUrl);
    const relays = (count: number): Receipt[] => one.relays(one.session(1), one.nodes[0]!, count);
    const before = one.chunk(relays(30));
    const during = one.chunk(relays(40));
    await sender.send(before);
    await vi.waitFor(async () => expect((await chunkTotals(one.dataSource)).receipts).toBe(30n), SLOW);
    await postgres.kill();
    await sender.send(during);
    await vi.waitFor(async () => expect(await metric(worker, 'worker_job_failures_total')).toBeGreaterThan(2), SLOW);
    expect((await fetch(`${worker.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${worker.url}/livez`)).status).toBe(200);
    postgres = await startPostgres({ directory, port, durable: true });
    await vi.waitFor(async () => expect((await chunkTotals(one.dataSource)).receipts).toBe(70n), SLOW);
    await vi.waitFor(() => one.produce(), SLOW);
    await produceUntilClosed(one);
    expect(await settlementTotals(one.dataSource)).toMatchObject({ receipts: 70n, provenRelays: 70n });
  });
});

/** Sum of a metric over its labels. */
async function metric(worker: Worker, name: string): Promise<number> {
  const text = await (await fetch(`${worker.url}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

async function createOn(serverUrl: string): Promise<string> {
  const admin = new pg.Client({ connectionString: `${serverUrl}/postgres` });
  await admin.connect();
  await admin.query('CREATE DATABASE worker_outage');
  await admin.end();
  const url = `${serverUrl}/worker_outage`;
  await migrate(url, migrations);
  return url;
}
